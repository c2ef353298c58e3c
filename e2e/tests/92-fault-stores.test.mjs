// Each store stopped for a while. Completions go on; what could not be written is refused, the rest catches up.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ask, post } from '../lib/chat.mjs';
import { close } from '../lib/database.mjs';
import { issueKey, listModels, secret, unique } from '../lib/fixtures.mjs';
import { assertKept, Ledger, settled } from '../lib/ledger.mjs';
import { Management } from '../lib/management.mjs';
import { platform } from '../lib/platform.mjs';
import { assertProblem } from '../lib/refusal.mjs';
import { eventually } from '../lib/wait.mjs';

const AWAY = 30;
let admin;

before(async () => {
  admin = await Management.login();
});

after(async () => {
  await platform('up');
  await close();
});

/** Traffic before, during and after the absence of a server, and the oracle at the end. */
async function without(t, server, meanwhile) {
  const issued = await issueKey(admin);
  const ledger = new Ledger(issued.key, 'gpt-4o');
  await ledger.calls(5);
  let answer;
  await platform('stop', server);
  try {
    await ledger.calls(AWAY / 2);
    answer = await meanwhile();
    await ledger.calls(AWAY / 2);
  } finally {
    await platform('start', server);
  }
  const back = performance.now();
  await ledger.calls(5);
  ledger.assertUndisturbed();
  assert.equal(ledger.completed.size, AWAY + 10);
  const rows = assertKept(ledger, await settled(issued.id, [...ledger.completed.keys()], 60_000));
  assert.equal(rows.size, AWAY + 10);
  t.diagnostic(`${server} was away for ${AWAY} calls; caught up ${Math.round(performance.now() - back)} ms after it came back`);
  return answer;
}

describe('PostgreSQL stopped', () => {
  it('chat goes on, writes and reads answer 503 in time, all catches up', async (t) => {
    const user = { username: unique('refused'), password: secret('pw') };
    await without(t, 'postgres', async () => {
      const since = performance.now();
      const reads = ['users', 'audit/events', 'audit/access', `audit/diff?from=${new Date().toISOString()}`];
      const answers = await Promise.all([admin.request('POST', 'users', user), ...reads.map((path) => admin.request('GET', path))]);
      t.diagnostic(`refused after ${Math.round(performance.now() - since)} ms`);
      assert.ok(performance.now() - since < 10_000, 'a refusal took longer than 10 s');
      answers.forEach((answer) => assertProblem(answer, 503));
    });
    // Nothing of the refused write was stored: the name is free.
    const { value } = await eventually('writes again', async () => {
      const answer = await admin.request('POST', 'users', user);
      return answer.status !== 503 && answer;
    }, { within: 30_000, every: 250 });
    assert.equal(value.status, 201, value.text);
    await admin.get(`users/${value.json.id}`, value.headers['x-consistency-token']);
  });
});

describe('Kafka stopped', () => {
  it('chat goes on, a change is accepted and arrives later, a gateway killed meanwhile starts from its snapshot', async (t) => {
    const before = await issueKey(admin);
    const changed = await without(t, 'kafka', async () => {
      const issued = await admin.create('api-keys', { name: unique('meanwhile') });
      await platform('kill', 'proxy-service');
      await platform('start', 'proxy-service');
      const answer = await post(before.key, { model: 'gpt-4o', messages: ask('cold start') });
      assert.equal(answer.status, 200, `from the snapshot: ${answer.text}`);
      // Who reads the audit log is recorded first; lists are not.
      const unread = await admin.request('GET', `audit/events?q=${unique('unrecorded')}`);
      assertProblem(unread, 503);
      assert.match(unread.json.detail, /recorded first/);
      await admin.get('users');
      return issued;
    });
    await eventually('the key issued meanwhile works', async () => (await listModels(changed.key)).status === 200, { within: 30_000 });
    await eventually('its audit entry', async () => (await admin.get(`audit/events?entity_id=${changed.id}`)).data.length === 1, { within: 30_000 });
  });
});

describe('Search stopped', () => {
  it('chat, rows and the time machine go on, audit search says how far it is behind, documents catch up', async (t) => {
    let meanwhile;
    await without(t, 'search', async () => {
      const { id, token } = await issueKey(admin);
      await admin.get(`usage/requests?api_key_id=${id}`);
      await admin.get(`usage/summary?api_key_id=${id}`);
      await admin.get(`audit/entities/api_key/${id}`, token);
      for (const path of ['audit/events?q=admin', 'audit/export']) {
        const answer = await admin.request('GET', path);
        assertProblem(answer, 503);
        assert.match(answer.json.detail, /^the search engine is not available at the moment; the audit log is [1-9]\d* events? behind/);
      }
      meanwhile = id;
    });
    await eventually('audit search', async () => (await admin.request('GET', 'audit/events?q=admin')).status === 200, { within: 30_000 });
    const { value } = await eventually('what happened meanwhile', async () => {
      const answer = await admin.get(`audit/events?entity_id=${meanwhile}`);
      return answer.data.length === 1 && answer.behind === undefined && answer;
    }, { within: 30_000 });
    assert.equal(value.data[0].type, 'api_key.ApiKeyIssued');
  });
});
