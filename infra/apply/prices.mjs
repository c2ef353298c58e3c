// Price books: a version is told apart by model and date; what is otherwise is corrected, what is new is added.
import { isDeepStrictEqual } from 'node:util';
import { PRICES, sameName } from './kinds.mjs';
import { normal } from './normal.mjs';

/**
 * An item without a date is about now: what is in force is replaced from now on, when it is otherwise.
 *
 * @returns {import('./plan.mjs').Step[]}
 */
export function planPrices(desired, current, now = new Date()) {
  const standing = current.prices.filter(({ state }) => state !== 'corrected').map(({ effective_from, ...rest }) => ({ ...rest, effective_from: normal(effective_from) }));
  return desired.map((item) => {
    const of = standing.filter((version) => sameName('models', version.model_name, item.model));
    const from = item.effective_from === undefined ? undefined : normal(item.effective_from);
    const step = { kind: PRICES, name: `of model ${item.model}${from ? ` from ${from}` : ''}`, item };
    const rates = normal(item.rates);
    const same = of.find((version) => from !== undefined && version.effective_from === from);
    if (same && !same.planned) {
      const changes = differences(normal(same.rates), rates);
      return changes.length === 0 ? { ...step, action: 'same' } : { ...step, action: 'edit', changes, current: { ...same, version: bookVersion(current, same) } };
    }
    if (isDeepStrictEqual(normal(inForce(of, from ?? now.toISOString())?.rates), rates)) {
      return { ...step, action: 'same' };
    }
    standing.push({ model_name: item.model, effective_from: from ?? normal(now.toISOString()), rates, planned: true });
    return { ...step, action: 'create', shown: rates };
  });
}

/** @param {(name: string) => string} modelId */
export function writePrice({ action, item, current }, { client, dryRun }, modelId) {
  if (action === 'edit') {
    return client.write('POST', `${PRICES.path}/${current.book_id}/correct`, { corrects: current.number, rates: item.rates }, { version: current.version, dryRun });
  }
  const { model, ...rest } = item;
  return client.write('POST', PRICES.path, { ...rest, model_id: modelId(model) }, { dryRun });
}

const inForce = (standing, at) =>
  standing
    .filter(({ effective_from }) => Date.parse(effective_from) <= Date.parse(at))
    .sort((one, other) => Date.parse(one.effective_from) - Date.parse(other.effective_from))
    .at(-1);

const bookVersion = ({ prices }, { book_id }) => Math.max(...prices.filter((each) => each.book_id === book_id).map((each) => each.book_version));

const differences = (before, after) =>
  [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])]
    .filter((field) => !isDeepStrictEqual(before?.[field], after?.[field]))
    .map((field) => ({ field: `rates.${field}`, before: before?.[field], after: after?.[field] }));
