// What is not understood is refused clearly, on both planes, and leaves nothing behind.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ask, post } from '../lib/chat.mjs';
import { close, query } from '../lib/database.mjs';
import { env } from '../lib/env.mjs';
import { issueKey, unique } from '../lib/fixtures.mjs';
import { send } from '../lib/http.mjs';
import { Management } from '../lib/management.mjs';
import { assertOpenAiError, assertProblem } from '../lib/refusal.mjs';

const HUGE = 64 << 20;
let admin;
let key;

before(async () => {
  admin = await Management.login();
  ({ key } = await issueKey(admin));
});

after(close);

const eventCount = async () => (await query("select count(*)::int as count from events.domain_event where aggregate_type <> 'attempt'"))[0].count;

/** Runs the calls and checks that the event store is as long as before. */
async function storingNothing(calls) {
  const before = await eventCount();
  assert.ok(before > 0, 'the event store is empty: the count proves nothing');
  await calls();
  assert.equal(await eventCount(), before, 'an event was stored');
}

describe('the management API refuses', () => {
  const user = () => ({ username: unique('refused'), password: 'long-enough-password' });
  const cases = {
    'an unknown field': [400, 'users', () => ({ ...user(), surprise: 1 })],
    'an unknown field deep inside': [400, 'models', () => ({ name: unique('m'), deployments: [{ provider_id: 'p', upstream_model: 'm', x: 1 }] })],
    'a number for a text': [400, 'users', () => ({ ...user(), username: 42 })],
    'a text for a list': [400, 'api-keys', () => ({ name: 'k', allowed_models: 'gpt-4o' })],
    'a text for a number': [400, 'models', () => ({ name: unique('m'), deployments: [{ provider_id: 'p', upstream_model: 'm', weight: 'two' }] })],
    'a list for an object': [400, 'providers', () => [1, 2]],
    'a value outside its enumeration': [400, 'users', () => ({ ...user(), role: 'emperor' })],
    'a missing required field': [400, 'users', () => ({ password: 'long-enough-password' })],
    'null for a required field': [400, 'api-keys', () => ({ name: null })],
    'a short password': [400, 'users', () => ({ ...user(), password: 'short' })],
    'a name with a control character': [400, 'users', () => ({ ...user(), username: 'a\u0000b' })],
    'broken JSON': [400, 'users', () => '{"username": "x", '],
    'two JSON documents': [400, 'users', () => `${JSON.stringify(user())}${JSON.stringify(user())}`],
    'an empty body': [400, 'users', () => ''],
    'JSON nested ten thousand deep': [400, 'users', () => '['.repeat(10_000)],
  };
  for (const [what, [status, path, body]] of Object.entries(cases)) {
    it(what, () => storingNothing(async () => assertProblem(await admin.request('POST', path, body()), status)));
  }

  it('the fields by name', async () => {
    const answer = await admin.request('POST', 'users', { username: '!', password: 'x', role: 'member' });
    assertProblem(answer, 400);
    const fields = new Set(answer.json.errors?.map((error) => error.field));
    assert.deepEqual([...fields].sort(), ['password', 'username'], answer.text);
  });

  it('another content type', () =>
    storingNothing(async () => {
      assertProblem(await admin.request('POST', 'users', 'username=x', { 'content-type': 'text/plain' }), 415);
    }));

  it('an oversized body', () =>
    storingNothing(async () => {
      const answer = await send(`${env.gateway}/api/admin/v1/users`, {
        method: 'POST',
        endless: HUGE,
        headers: { authorization: `Bearer ${admin.accessToken}`, 'content-type': 'application/json' },
      });
      assertProblem(answer, 413);
    }));

  it('an unknown path and a wrong method', async () => {
    assertProblem(await admin.request('GET', 'nothing-here'), 404);
    assertProblem(await admin.request('POST', 'nothing-here', {}), 404);
    assertProblem(await admin.request('DELETE', 'users'), 404, 405);
  });

  it('bad query parameters', async () => {
    for (const path of ['users?limit=0', 'users?limit=501', 'users?limit=x', 'usage/summary?from=yesterday', 'users?role=emperor', 'users?cursor=%00']) {
      assertProblem(await admin.request('GET', path), 400);
    }
  });

  it('a stale version', async () => {
    const { id } = await admin.create('api-keys', { name: unique('stale') });
    await admin.write('PATCH', `api-keys/${id}`, { name: unique('newer') });
    await storingNothing(async () => {
      assertProblem(await admin.request('PATCH', `api-keys/${id}`, { name: 'x' }, { 'if-match': '"0"' }), 409);
    });
  });
});

describe('the data plane refuses', () => {
  const cases = {
    'broken JSON': [400, '{"model": "gpt-4o", '],
    'an empty body': [400, ''],
    'a list': [400, '[]'],
    'a number as the model': [400, { model: 42, messages: ask('?') }],
    'no model': [400, { messages: ask('?') }],
    'no messages': [400, { model: 'gpt-4o' }],
    'a text as messages': [400, { model: 'gpt-4o', messages: 'hello' }],
    'a text as stream': [400, { model: 'gpt-4o', messages: ask('?'), stream: 'yes' }],
  };
  for (const [what, [status, body]] of Object.entries(cases)) {
    for (const path of ['/v1/chat/completions', '/api/v1/chat/completions']) {
      it(`${what} on ${path}`, async () => assertOpenAiError(await post(key, body, { path }), status));
    }
  }

  it('an oversized body', async () => assertOpenAiError(await post(key, undefined, { endless: HUGE }), 413));

  it('a call without a key, and with one of another form', async () => {
    const url = `${env.gateway}/v1/chat/completions`;
    const body = JSON.stringify({ model: 'gpt-4o', messages: ask('?') });
    for (const headers of [{}, { authorization: 'Basic eDp5' }, { authorization: 'Bearer ' }, { 'x-api-key': 'sk-short' }]) {
      assertOpenAiError(await send(url, { method: 'POST', body, headers }), 401);
    }
  });

  it('an unknown path and a wrong method', async () => {
    const headers = { authorization: `Bearer ${key}` };
    assertOpenAiError(await send(`${env.gateway}/v1/nothing-here`, { headers }), 404);
    assertOpenAiError(await send(`${env.gateway}/v1/chat/completions`, { headers }), 404, 405);
  });

  it('nothing of what it does not know: unknown fields pass', async () => {
    const answer = await post(key, { model: 'gpt-4o', messages: ask('?'), x_future: { a: [1] }, reasoning_effort: 'low' });
    assert.equal(answer.status, 200, answer.text);
  });

  it('a model that the key is not allowed to call, and hides it from the list', async () => {
    const { key: narrow } = await issueKey(admin, { allowed_models: ['deepseek-chat'] });
    assertOpenAiError(await post(narrow, { model: 'gpt-4o', messages: ask('?') }), 403, 404);
    assert.equal((await post(narrow, { model: 'deepseek-chat', messages: ask('?') })).status, 200);
    const list = await send(`${env.gateway}/v1/models`, { headers: { 'x-api-key': narrow } });
    assert.deepEqual(list.json.data.map((model) => model.id), ['deepseek-chat']);
  });
});
