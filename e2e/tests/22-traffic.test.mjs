// Where requests go and how many may: set over the management API, in force at the gateway without a restart.
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { ask, events, post } from '../lib/chat.mjs';
import { createModel, createUser, issueKey, listModels, unique } from '../lib/fixtures.mjs';
import { Management } from '../lib/management.mjs';
import { assertOpenAiError } from '../lib/refusal.mjs';
import { usageOf } from '../lib/usage.mjs';
import { eventually } from '../lib/wait.mjs';

const quick = { type: 'mock', base_url: 'mock:?first_token_ms=1&token_ms=1' };
const broken = { type: 'mock', base_url: 'mock:?first_token_ms=1&token_ms=1&fail_rate=100&fail_status=503' };
const price = { currency: 'USD', input: 10, output: 10 };

let admin;
let key;
let model;

before(async () => {
  admin = await Management.login();
  key = (await issueKey(admin)).key;
  model = (await createModel(admin, key, quick, { price })).name;
});

const recorded = (answer) => usageOf(admin, answer.headers['x-request-id']);
const call = (with_, named = model, more = {}) => post(with_, { model: named, messages: ask('hi'), max_tokens: 20, ...more });
describe('a key', () => {
  it('of 100 requests a minute lets 100 of 200 callers at once pass', async () => {
    const limited = await issueKey(admin, { limits: { requests_per_minute: 100 } });
    const answers = await Promise.all(Array.from({ length: 200 }, () => call(limited.key)));
    const passed = answers.filter((answer) => answer.status === 200);
    const refused = answers.filter((answer) => answer.status === 429);
    assert.deepEqual([passed.length, refused.length], [100, 100]);
    assert.ok(passed.some((answer) => answer.headers['x-ratelimit-remaining-requests'] === '0'));
    for (const answer of refused) {
      assert.equal(answer.json.error.code, 'rate_limit_exceeded');
      assert.match(answer.json.error.message, /try again in \d+(\.\d+)?s\.$/);
      assert.match(answer.headers['retry-after'], /^\d+$/);
      assert.ok(Number(answer.headers['retry-after-ms']) <= 61_000);
      assert.equal(answer.headers['x-ratelimit-limit-requests'], '100');
    }
    const rejected = await recorded(refused[0]);
    assert.deepEqual([rejected.outcome, rejected.status, rejected.cost], ['rejected', 429, 0]);
  });

  it('of a budget is not let in beyond it, and says so', async () => {
    // 5 prompt tokens and at most 20 of answer cost at most 0.0003 USD: three fit, in any order.
    const budget = { period: 'total', amount: 0.001, currency: 'USD' };
    const limited = await issueKey(admin, { budgets: [budget] });
    const answers = await Promise.all(Array.from({ length: 20 }, () => call(limited.key)));
    const spent = answers
      .filter((answer) => answer.status === 200)
      .reduce((sum, answer) => sum + Number(answer.headers['x-platform-cost']), 0);
    assert.ok(spent > 0 && spent <= budget.amount, `spent ${spent}`);
    const refused = answers.find((answer) => answer.status === 429);
    assert.equal(refused.json.error.code, 'insufficient_quota');
    assert.equal(refused.headers['x-should-retry'], 'false');
    assert.equal(refused.headers['retry-after'], undefined);
    await admin.write('PATCH', `api-keys/${limited.id}`, { budgets: [{ ...budget, amount: 1 }] });
    await eventually('a larger budget lets in again', async () => (await call(limited.key)).status === 200);
  });

  it('serves only where its scopes and addresses reach, and carries its tags into usage', async () => {
    const scoped = await issueKey(admin, { scopes: ['chat.completions', 'models'], metadata: { project: 'apollo' } });
    const allowed = await call(scoped.key);
    assert.equal(allowed.status, 200);
    assert.equal((await recorded(allowed)).api_key_id, scoped.id);
    const denied = await post(scoped.key, { model, input: 'x' }, { path: '/v1/embeddings' });
    assertOpenAiError(denied, 403);
    assert.equal(denied.json.error.code, 'scope_missing');
    await admin.write('PATCH', `api-keys/${scoped.id}`, { allowed_ips: ['203.0.113.0/24'] });
    const { value } = await eventually('the address is refused', async () => {
      const answer = await call(scoped.key);
      return answer.status === 403 && answer;
    });
    assert.equal(value.json.error.code, 'ip_not_allowed');
    await admin.write('PATCH', `api-keys/${scoped.id}`, { allowed_ips: ['127.0.0.0/8', '::1'] });
    await eventually('its own address is let in', async () => (await call(scoped.key)).status === 200);
  });
});

describe('a team', () => {
  it('shares one limit among its members, and none is served while it is disabled', async () => {
    const team = await admin.create('teams', { name: unique('team'), limits: { requests_per_minute: 3 } });
    const [one, two] = [await createUser(admin), await createUser(admin)];
    for (const user of [one, two]) {
      await admin.write('PATCH', `users/${user.id}`, { team_id: team.id });
    }
    const keys = [await issueKey(admin, { user_id: one.id }), await issueKey(admin, { user_id: two.id })];
    await eventually('the limit is in force', async () => (await call(keys[0].key)).headers['x-ratelimit-limit-requests'] === '3');
    const answers = [];
    for (let i = 0; i < 6; i++) {
      answers.push((await call(keys[i % 2].key)).status);
    }
    assert.ok(answers.filter((status) => status === 200).length <= 2, answers.join());
    assert.deepEqual(answers.slice(-3), [429, 429, 429]);
    await admin.write('POST', `teams/${team.id}/disable`);
    await eventually('refused', async () => (await listModels(keys[0].key)).status === 401);
  });
});

describe('a model', () => {
  it('goes on with another deployment when one fails, and nobody sees it', async () => {
    const bad = await admin.create('providers', { name: unique('bad'), ...broken });
    const good = await admin.create('providers', { name: unique('good'), ...quick });
    const name = unique('model');
    await admin.create('models', {
      name,
      deployments: [
        { provider_id: bad.id, upstream_model: 'x', priority: 0 },
        { provider_id: good.id, upstream_model: 'x', priority: 1 },
      ],
    });
    await eventually('the model is there', async () => (await listModels(key)).json.data.some((one) => one.id === name));
    const answer = await call(key, name);
    assert.equal(answer.status, 200);
    assert.equal(answer.headers['x-platform-attempts'], '2');
    const row = await recorded(answer);
    assert.equal(row.attempts, 2);
    assert.deepEqual(row.trail.map((step) => step.result), ['status_503', 'ok']);
    const all = await Promise.all(Array.from({ length: 30 }, (_, i) => call(key, name, { stream: i % 2 === 0 })));
    assert.deepEqual([...new Set(all.map((one) => one.status))], [200]);
    // After five failures the breaker keeps requests away from the broken one.
    await eventually('the breaker opens', async () => (await call(key, name)).headers['x-platform-attempts'] === '1');
  });

  it('falls back to another model, switched on at run time', async () => {
    const failing = await createModel(admin, key, broken);
    assert.equal((await call(key, failing.name)).status, 503);
    await admin.write('PATCH', `models/${failing.id}`, { routing: { fallbacks: [model] } });
    const { value } = await eventually('the fallback answers', async () => {
      const answer = await call(key, failing.name);
      return answer.status === 200 && answer;
    });
    assert.equal(value.headers['x-platform-model'], model);
    const row = await recorded(value);
    assert.deepEqual([row.model, row.served_model], [failing.name, model]);
    assert.ok(row.cost > 0, 'billed by the price of the model that answered');
  });

  it('answers equal requests from its cache, whole and as a stream, at no cost', async () => {
    const cached = await createModel(admin, key, quick, { price });
    await admin.write('PATCH', `models/${cached.id}`, { cache: { ttl_seconds: 60 } });
    const same = { temperature: 0 };
    await eventually('the rule is in force', async () => (await call(key, cached.name, same)).headers['x-platform-cache']);
    for (const stream of [false, true]) {
      const first = await call(key, cached.name, { ...same, stream, seed: 7 });
      const second = await call(key, cached.name, { ...same, stream, seed: 7 });
      assert.equal(first.headers['x-platform-cache'], 'miss');
      assert.equal(second.headers['x-platform-cache'], 'hit');
      assert.equal(second.text, first.text);
      assert.match(second.headers.age, /^\d+$/);
      if (stream) {
        assert.equal(events(second.text).at(-1), '[DONE]');
      }
      const row = await recorded(second);
      assert.deepEqual([row.cache_hit, row.cost, row.outcome], [true, 0, 'completed']);
    }
    const off = await post(
      key,
      { model: cached.name, messages: ask('hi'), max_tokens: 20, ...same, seed: 7 },
      { headers: { 'x-platform-cache': 'off' } },
    );
    assert.equal(off.headers['x-platform-cache'], undefined);
    assert.equal((await call(key, cached.name, { temperature: 1 })).headers['x-platform-cache'], undefined);
  });
});
