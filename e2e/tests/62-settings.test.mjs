// Settings that take effect while the platform runs, and the rewrapping of secrets.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ask, post } from '../lib/chat.mjs';
import { createFastModel, issueKey } from '../lib/fixtures.mjs';
import { Management } from '../lib/management.mjs';
import { assertOpenAiError, assertProblem } from '../lib/refusal.mjs';
import { eventually } from '../lib/wait.mjs';

let admin;
let model;

before(async () => {
  admin = await Management.login();
  const { key } = await issueKey(admin);
  model = await createFastModel(admin, key);
});

after(() => admin.write('PATCH', 'settings', { default_key_limits: null, max_attempts: null, response_cache: null }));

const call = (key) => post(key, { model, messages: ask('Hello'), max_tokens: 1 });

describe('settings', () => {
  it('limit keys that have no limits of their own, from the next request on, and no longer once cleared', async () => {
    const { key } = await issueKey(admin);
    const { key: limited } = await issueKey(admin, { limits: { requests_per_minute: 1000 } });
    const set = await admin.write('PATCH', 'settings', { default_key_limits: { requests_per_minute: 1 } });
    const told = await admin.get('settings', set.token);
    assert.deepEqual(told.default_key_limits, { requests_per_minute: 1 });
    assert.equal(told.version, set.version);

    const { value: refused } = await eventually('the limit holds', async () => {
      const answer = await call(key);
      return answer.status === 429 && answer;
    });
    assertOpenAiError(refused, 429);
    for (let i = 0; i < 3; i++) {
      assert.equal((await call(limited)).status, 200);
    }

    await admin.write('PATCH', 'settings', { default_key_limits: null });
    await eventually('the limit is gone', async () => (await call(key)).status === 200);
  });

  it('say how the journal is written and how long requests are kept, and are shown so', async () => {
    const { token } = await admin.write('PATCH', 'settings', { journal_fsync_always: true, usage_retention_months: 120 });
    const set = await admin.get('settings', token);
    assert.deepEqual([set.journal_fsync_always, set.usage_retention_months], [true, 120]);
    const { key } = await issueKey(admin);
    assert.equal((await call(key)).status, 200);
    assertProblem(await admin.request('PATCH', 'settings', { usage_retention_months: 0 }), 400);
    const { token: cleared } = await admin.write('PATCH', 'settings', { journal_fsync_always: null, usage_retention_months: null });
    const free = await admin.get('settings', cleared);
    assert.deepEqual([free.journal_fsync_always, free.usage_retention_months], [undefined, undefined]);
  });

  it('are in the audit log with what they were and what they became', async () => {
    const reason = 'a provider is flaky';
    const before = await admin.request('PATCH', 'settings', { max_attempts: 2 }, { 'x-reason': reason });
    assert.equal(before.status, 200, before.text);
    const { value } = await eventually('audit entry', async () =>
      (await admin.get(`audit/events?type=platform_settings.PlatformSettingsChanged&q=flaky`)).data.find(
        (entry) => entry.request_id === before.headers['x-request-id'],
      ),
    );
    assert.deepEqual([value.reason, value.actor.id, value.entity_type], [reason, admin.user.id, 'platform_settings']);
    assert.deepEqual(value.changes.map(({ field, after: to }) => [field, to]), [['max_attempts', 2]]);
    const same = await admin.request('PATCH', 'settings', { max_attempts: 2 });
    assert.equal(same.json.version, before.json.version);
    assertProblem(await admin.request('PATCH', 'settings', { response_cache: false }, { 'if-match': '"99999"' }), 409);
    assertProblem(await admin.request('PATCH', 'settings', { max_attempts: 0 }), 400);
    assertProblem(await admin.request('PATCH', 'settings', { nothing: 1 }), 400);
  });
});

describe('secrets', () => {
  it('are all sealed with the current key: there is nothing to rewrap', async () => {
    const answer = await admin.request('POST', 'secrets/rewrap');
    assert.deepEqual([answer.status, answer.json], [200, { key_version: 1, rewrapped: 0 }], answer.text);
  });
});
