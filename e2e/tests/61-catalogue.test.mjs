// Providers and models from an administrator's side: tried, listed, described and priced, and what the audit log says.
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { ask, post } from '../lib/chat.mjs';
import { createModel, issueKey, listModels, secret, unique } from '../lib/fixtures.mjs';
import { Management } from '../lib/management.mjs';
import { assertProblem } from '../lib/refusal.mjs';
import { usageOf } from '../lib/usage.mjs';
import { eventually } from '../lib/wait.mjs';

const FAST = { type: 'mock', base_url: 'mock:?first_token_ms=1&token_ms=0' };
const FAILING = { type: 'mock', base_url: 'mock:?first_token_ms=1&token_ms=0&fail_rate=100&fail_status=503' };
let admin;
let key;

before(async () => {
  admin = await Management.login();
  key = (await issueKey(admin)).key;
});

/** The newest audit entry of a type for an entity, once it is there. */
async function audited(entity, type) {
  const { value } = await eventually(`${type} of ${entity}`, async () =>
    (await admin.get(`audit/events?entity_id=${entity}&type=${type}`)).data[0],
  );
  assert.equal(value.actor.id, admin.user.id);
  assert.ok(value.ip, JSON.stringify(value));
  return value;
}

describe('trying', () => {
  it('calls every deployment of a model for real, disabled ones too, and records each call', async () => {
    const { id: good } = await admin.create('providers', { name: unique('good'), ...FAST });
    const { id: bad } = await admin.create('providers', { name: unique('bad'), ...FAILING });
    const name = unique('tried');
    const model = await admin.create('models', {
      name,
      deployments: [good, bad].map((provider_id) => ({ provider_id, upstream_model: 'upstream' })),
    });
    await admin.write('POST', `models/${model.id}/disable`);
    const off = await admin.write('POST', `providers/${good}/disable`);

    const answer = await admin.request('POST', `models/${model.id}/test`, {}, { 'x-consistency-token': off.token });

    assert.equal(answer.status, 200, answer.text);
    assert.deepEqual([answer.json.name, answer.json.ok], [name, false]);
    const [first, second] = answer.json.results;
    assert.deepEqual([first.ok, first.status, first.provider_id], [true, 200, good]);
    assert.ok(first.total_ms >= first.first_byte_ms, answer.text);
    assert.ok(first.completion_tokens > 0, answer.text);
    assert.deepEqual([second.ok, second.status], [false, 503]);
    assert.ok(second.error.message, answer.text);
    for (const { request_id, deployment_id, ok } of answer.json.results) {
      const row = await usageOf(admin, request_id);
      assert.deepEqual([row.metadata, row.deployment], [{ test: 'model' }, deployment_id]);
      assert.equal(row.outcome, ok ? 'completed' : 'failed');
      assert.equal(row.user_id, admin.user.id);
    }
  });

  it('tells why a provider cannot be reached, and never its API key', async () => {
    const apiKey = secret('provider-key');
    const { id, token } = await admin.create('providers', {
      name: unique('gone'),
      type: 'openai',
      base_url: 'http://127.0.0.1:9/v1',
      api_key: apiKey,
    });
    for (const body of [{}, { model: 'gpt-4o' }]) {
      const answer = await admin.request('POST', `providers/${id}/test`, body, { 'x-consistency-token': token });
      assert.deepEqual([answer.status, answer.json.ok, answer.json.error.code], [200, false, 'upstream_unreachable'], answer.text);
      assert.ok(!answer.text.includes(apiKey));
    }
    const list = await admin.request('GET', `providers/${id}/models`);
    assert.deepEqual([list.json.data, list.json.error.code], [[], 'upstream_unreachable']);
  });

  it('lists what a provider has, and which models use it', async () => {
    const { id, token } = await admin.create('providers', { name: unique('lister'), ...FAST });
    const name = unique('uses');
    await admin.create('models', { name, deployments: [{ provider_id: id, upstream_model: 'mock-chat' }] });
    const { value } = await eventually('the model is known', async () => {
      const { json } = await admin.request('GET', `providers/${id}/models`, undefined, { 'x-consistency-token': token });
      return json.data.find((one) => one.used_by.length > 0);
    });
    assert.deepEqual([value.id, value.used_by], ['mock-chat', [name]]);
    assertProblem(await admin.request('GET', 'providers/prv_nothing/models'), 404);
    assertProblem(await admin.request('POST', 'models/mdl_nothing/test', {}), 404);
    assertProblem(await admin.request('POST', `providers/${id}/test`, '{"model":7}'), 400);
    assertProblem(await Management.anonymous(key).request('POST', `providers/${id}/test`, {}), 401);
  });
});

describe('the catalogue', () => {
  it('says what a model can do, in the list and to callers', async () => {
    const { id, name } = await createModel(admin, key, FAST);
    const catalog = { description: 'For tests', context_window: 128000, max_output: 4096, output_modalities: ['embedding'], capabilities: ['tools'] };
    const edited = await admin.write('PATCH', `models/${id}`, { catalog });
    assert.deepEqual((await admin.get(`models/${id}`, edited.token)).catalog, catalog);
    const { value } = await eventually('callers see it', async () =>
      (await listModels(key)).json.data.find((model) => model.id === name && model.context_window),
    );
    assert.deepEqual([value.context_window, value.max_output_tokens, value.capabilities], [128000, 4096, ['tools']]);
    const entry = await audited(id, 'model.ModelEdited');
    assert.ok(entry.changes.some(({ field }) => field.startsWith('catalog')), JSON.stringify(entry.changes));
    const trial = await admin.request('POST', `models/${id}/test`, {}, { 'x-consistency-token': edited.token });
    assert.equal(trial.json.results[0].endpoint, 'embeddings');
  });
});

describe('price books', () => {
  it('price a request by the version in force when it arrived; corrections overwrite nothing', async () => {
    const price = { currency: 'USD', input: 1, output: 1 };
    const { id, name } = await createModel(admin, key, FAST, { price });
    const costOf = async () => {
      const answer = await post(key, { model: name, messages: ask('How much?'), max_tokens: 5 });
      assert.equal(answer.status, 200, answer.text);
      const row = await usageOf(admin, answer.headers['x-request-id']);
      return { row, tokens: [row.prompt_tokens, row.completion_tokens] };
    };
    const close = (actual, expected) => assert.ok(Math.abs(actual - expected) < 1e-9, `${actual}, expected ${expected}`);

    const onModel = await costOf();
    close(onModel.row.cost, (onModel.tokens[0] + onModel.tokens[1]) / 1e6);

    const first = await admin.create('prices', { model_id: id, rates: { currency: 'EUR', input: 100, output: 200, request: 0.5 } });
    const dated = await eventually('the new price holds', async () => {
      const one = await costOf();
      return one.row.currency === 'EUR' && one;
    });
    const { row, tokens } = dated.value;
    close(row.cost, (tokens[0] * 100 + tokens[1] * 200) / 1e6 + 0.5);

    await admin.create('prices', { model_id: id, effective_from: '2095-01-01T00:00:00Z', rates: { ...price, input: 9 } });
    const corrected = await admin.write('POST', `prices/${first.id}/correct`, { corrects: 1, rates: { currency: 'EUR', input: 100, output: 300, request: 0.25 } });
    const { data } = await admin.get(`prices?model_id=${id}`, corrected.token);
    assert.deepEqual(
      data.map(({ number, state, corrects, corrected_by }) => [number, state, corrects, corrected_by]),
      [
        [3, 'in_force', 1, undefined],
        [2, 'coming', undefined, undefined],
        [1, 'corrected', undefined, 3],
      ],
    );
    assert.equal(data[0].effective_until, '2095-01-01T00:00:00Z');
    assert.equal(data[0].effective_from, data[2].effective_from);
    await eventually('the correction holds', async () => {
      const { row: after, tokens: used } = await costOf();
      return Math.abs(after.cost - ((used[0] * 100 + used[1] * 300) / 1e6 + 0.25)) < 1e-9;
    });
    close((await usageOf(admin, row.request_id)).cost, row.cost);

    const entry = await audited(first.id, 'price_book.PriceVersionCorrected');
    assert.equal(entry.entity_name, name);
    const change = entry.changes.find(({ field }) => field === 'rates.output');
    assert.deepEqual([change.before, change.after], [200, 300], JSON.stringify(entry.changes));
    assertProblem(await admin.request('POST', `prices/${first.id}/correct`, { corrects: 1, rates: price }), 409);
    assertProblem(await admin.request('POST', 'prices', { model_id: id, effective_from: '2020-01-01T00:00:00Z', rates: price }), 400);
  });
});
