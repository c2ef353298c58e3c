// One chat call and one admin change, followed to every place where a person would look.
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { ask, post } from '../lib/chat.mjs';
import { issueKey, unique } from '../lib/fixtures.mjs';
import { Management } from '../lib/management.mjs';
import { requestDocuments } from '../lib/search.mjs';
import { eventually } from '../lib/wait.mjs';

const BOUND = 2_000;
let admin;

before(async () => {
  admin = await Management.login();
});

describe('a chat call', () => {
  it(`is in summary, requests and search index within ${BOUND} ms, with the tokens the client was told`, async (t) => {
    for (let round = 1; round <= 3; round++) {
      const { key, id: apiKeyId } = await issueKey(admin);
      const answer = await post(key, { model: 'gpt-4o', messages: ask('How many tokens?') });
      const since = performance.now();
      const requestId = answer.headers['x-request-id'];
      const within = { within: BOUND, since };
      const [summary, row, document] = await Promise.all([
        eventually('summary', async () => {
          const totals = await admin.get(`usage/summary?api_key_id=${apiKeyId}`);
          return totals.requests > 0 && totals;
        }, within),
        eventually('request row', async () => (await admin.get(`usage/requests?request_id=${requestId}`)).data[0], within),
        eventually('search document', async () => (await requestDocuments('request_id', requestId))[0], within),
      ]);
      t.diagnostic(`round ${round}: summary ${summary.ms} ms, requests ${row.ms} ms, search ${document.ms} ms`);
      for (const { ms } of [summary, row, document]) {
        assert.ok(ms <= BOUND, `${ms} ms`);
      }
      const { prompt_tokens, completion_tokens, total_tokens } = answer.json.usage;
      assert.deepEqual(
        [summary.value.requests, summary.value.prompt_tokens, summary.value.completion_tokens, summary.value.total_tokens],
        [1, prompt_tokens, completion_tokens, total_tokens],
      );
      for (const kept of [row.value, document.value]) {
        assert.deepEqual([kept.prompt_tokens, kept.completion_tokens], [prompt_tokens, completion_tokens]);
        assert.deepEqual([kept.outcome, kept.status, kept.model, kept.api_key_id], ['completed', 200, 'gpt-4o', apiKeyId]);
      }
      // gpt-4o is seeded at 2.50 and 10 USD per million tokens.
      const cost = (prompt_tokens * 2.5 + completion_tokens * 10) / 1e6;
      assert.ok(Math.abs(row.value.cost - cost) < 1e-9, `cost ${row.value.cost}, expected ${cost}`);
      assert.equal(summary.value.success_rate, 1);
    }
  });

  it('is found by every filter, and by none that excludes it', async () => {
    const { key, id: apiKeyId } = await issueKey(admin);
    const answer = await post(key, { model: 'gpt-4o', messages: ask('Find me') });
    const id = answer.headers['x-request-id'];
    const { value: row } = await eventually('row', async () => (await admin.get(`usage/requests?request_id=${id}`)).data[0]);
    const day = 86_400_000;
    const [past, future] = [-day, day].map((ms) => new Date(Date.now() + ms).toISOString());
    const mine = `api_key_id=${apiKeyId}`;
    const fits = ['', `from=${past}`, `to=${future}`, `from=${past}&to=${future}`, 'outcome=completed', 'status=200', 'model=gpt-4o'];
    const misses = [`to=${past}`, `from=${future}`, 'outcome=failed', 'status=500', 'model=nobody', 'user_id=nobody'];
    fits.push(`user_id=${row.user_id}`, `deployment=${row.deployment}`);
    for (const filter of fits) {
      assert.deepEqual((await admin.get(`usage/requests?${mine}&${filter}`)).data.map((one) => one.request_id), [id], filter);
    }
    for (const filter of misses) {
      assert.deepEqual((await admin.get(`usage/requests?${mine}&${filter}`)).data, [], filter);
    }
    for (const interval of ['minute', 'hour', 'day']) {
      const period = `from=${new Date(Date.now() - 3_600_000).toISOString()}&to=${new Date(Date.now() + 60_000).toISOString()}`;
      const series = await admin.get(`usage/timeseries?${mine}&interval=${interval}&group_by=model&${period}`);
      assert.deepEqual(series.series.map((one) => one.key), ['gpt-4o']);
      assert.equal(series.series[0].points.reduce((sum, point) => sum + point.requests, 0), 1, interval);
    }
  });

  it('that is refused is in the requests too, as rejected', async () => {
    const { key } = await issueKey(admin);
    const answer = await post(key, { model: unique('nobody'), messages: ask('?') });
    const id = answer.headers['x-request-id'];
    const { value } = await eventually('row', async () => (await admin.get(`usage/requests?request_id=${id}`)).data[0]);
    assert.deepEqual([value.outcome, value.status, value.error_code, value.cost], ['rejected', 404, 'model_not_found', 0]);
  });
});

describe('an admin change', () => {
  it('is in the audit log with who, where and what', async () => {
    const name = unique('audited');
    const issued = await admin.create('api-keys', { name });
    const { value: entry } = await eventually('audit entry', async () => (await admin.get(`audit/events?q=${name}`)).data[0]);
    assert.equal(entry.type, 'api_key.ApiKeyIssued');
    assert.deepEqual(entry.actor, { type: 'user', id: admin.user.id, name: 'admin' });
    assert.equal(entry.ip, '127.0.0.1');
    assert.equal(entry.user_agent, 'llm-platform-e2e');
    assert.equal(entry.request_id, issued.requestId);
    assert.deepEqual([entry.entity_type, entry.entity_id], ['api_key', issued.id]);
    assert.equal(entry.changes.find((change) => change.field === 'name')?.after, name);
  });

  it('tells before and after', async () => {
    const issued = await admin.create('api-keys', { name: unique('before') });
    const name = unique('after');
    await admin.write('PATCH', `api-keys/${issued.id}`, { name });
    const { value: entry } = await eventually('audit entry', async () =>
      (await admin.get(`audit/events?entity_id=${issued.id}&type=api_key.ApiKeyEdited`)).data[0],
    );
    const change = entry.changes.find(({ field }) => field === 'name');
    assert.match(change.before, /^before-/);
    assert.equal(change.after, name);
  });

  it('is seen at once by a read that carries its consistency token', async () => {
    for (let round = 0; round < 10; round++) {
      const { id, token, version } = await admin.create('api-keys', { name: unique('consistent') });
      assert.match(token, /^\d+$/);
      assert.equal(version, 0);
      const key = await admin.get(`api-keys/${id}`, token);
      assert.deepEqual([key.id, key.version, key.status], [id, 0, 'active']);
      const revoked = await admin.write('POST', `api-keys/${id}/revoke`);
      assert.equal(revoked.version, 1);
      const after = await admin.get(`api-keys?q=${key.prefix}`, revoked.token);
      assert.deepEqual(after.data.map((one) => one.status), ['revoked']);
    }
  });

  it('is answered as behind, not as wrong, when the token lies in the future', async () => {
    const answer = await admin.request('GET', 'users', undefined, { 'x-consistency-token': '999999999' });
    assert.deepEqual([answer.status, answer.headers['x-consistency']], [200, 'behind']);
  });
});
