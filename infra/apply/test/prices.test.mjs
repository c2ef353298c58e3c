import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { planPrices } from '../prices.mjs';

const NOW = new Date('2030-06-01T00:00:00Z');
const rates = (input) => ({ currency: 'USD', input, output: 10 });
const version = (number, effective_from, input, more) => ({
  book_id: 'prc_1',
  book_version: number - 1,
  model_id: 'mdl_1',
  model_name: 'm',
  number,
  state: 'past',
  effective_from,
  rates: rates(input),
  ...more,
});
const prices = [
  version(1, '2030-01-01T00:00:00Z', 1),
  version(2, '2031-01-01T00:00:00Z', 7, { state: 'corrected' }),
  version(3, '2031-01-01T00:00:00Z', 2),
];
const planned = (...desired) => planPrices(desired, { prices }, NOW);
const brief = (steps) => steps.map(({ action, name, changes }) => [action, name, ...(changes ?? []).map(({ field, before, after }) => `${field} ${before} ${after}`)]);

describe('prices', () => {
  it('are as they are when date and rates are, however written', () => {
    assert.deepEqual(brief(planned({ model: 'm', effective_from: '2031-01-01T01:00:00+01:00', rates: { ...rates(2), request: null } })), [
      ['same', 'of model m from 2031-01-01T00:00:00Z'],
    ]);
  });

  it('are corrected where the version of that date is otherwise', () => {
    const [step] = planned({ model: 'm', effective_from: '2031-01-01T00:00:00Z', rates: rates(3) });
    assert.deepEqual(brief([step]), [['edit', 'of model m from 2031-01-01T00:00:00Z', 'rates.input 2 3']]);
    assert.deepEqual([step.current.book_id, step.current.number, step.current.version], ['prc_1', 3, 2]);
  });

  it('are added where no version begins then, unless it would say the same as the one in force', () => {
    assert.deepEqual(
      brief(
        planned(
          { model: 'm', effective_from: '2032-01-01T00:00:00Z', rates: rates(5) },
          { model: 'm', effective_from: '2033-01-01T00:00:00Z', rates: rates(5) },
          { model: 'm', effective_from: '2030-09-01T00:00:00Z', rates: rates(1) },
          { model: 'other', effective_from: '2031-01-01T00:00:00Z', rates: rates(2) },
        ),
      ),
      [
        ['create', 'of model m from 2032-01-01T00:00:00Z'],
        ['same', 'of model m from 2033-01-01T00:00:00Z'],
        ['same', 'of model m from 2030-09-01T00:00:00Z'],
        ['create', 'of model other from 2031-01-01T00:00:00Z'],
      ],
    );
  });

  it('without a date are those of now', () => {
    assert.deepEqual(brief(planned({ model: 'm', rates: rates(1) })), [['same', 'of model m']]);
    assert.deepEqual(brief(planned({ model: 'm', rates: rates(4) })), [['create', 'of model m']]);
  });
});
