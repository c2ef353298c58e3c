// The audit log as somebody works with it: entries and their neighbours, words of two languages, files, and that who reads it
// stands in it too.
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { env } from '../lib/env.mjs';
import { createUser, unique } from '../lib/fixtures.mjs';
import { send } from '../lib/http.mjs';
import { readTopic } from '../lib/kafka.mjs';
import { Management } from '../lib/management.mjs';
import { assertProblem } from '../lib/refusal.mjs';
import { eventually } from '../lib/wait.mjs';

let admin;
let auditor;
let credentials;

before(async () => {
  admin = await Management.login();
  ({ credentials } = await createUser(admin, 'auditor'));
  auditor = await Management.login(credentials);
});

/** The entries of an entity, newest first, once there are that many. */
async function entries(id, count) {
  const { value } = await eventually(`${count} entries of ${id}`, async () => {
    const { data } = await admin.get(`audit/events?entity_id=${id}`);
    return data.length >= count && data;
  });
  return value;
}

async function team(name) {
  const made = await admin.create('teams', { name });
  await entries(made.id, 1);
  return made.id;
}

describe('an entry', () => {
  it('is linked to what came of the same request, and to those of its entity before and after it', async () => {
    const provider = await admin.create('providers', { name: unique('linked'), type: 'mock' });
    await admin.write('PATCH', `providers/${provider.id}`, { name: unique('linked'), api_key: unique('upstream-key') });
    await admin.write('POST', `providers/${provider.id}/disable`, undefined, 200);
    const [disabled, ...earlier] = await entries(provider.id, 4);
    const edited = earlier.find((one) => one.type === 'provider.ProviderEdited');
    const rotated = earlier.find((one) => one.type === 'provider.ProviderSecretRotated');
    const created = earlier.at(-1);

    const entry = await admin.get(`audit/events/${edited.id}`);
    assert.deepEqual(entry.event, edited);
    assert.deepEqual(entry.same_request, [rotated]);
    const [first, second] = edited.position < rotated.position ? [edited, rotated] : [rotated, edited];
    const neighbours = async ({ id }) => {
      const { before: was, after: is } = await admin.get(`audit/events/${id}`);
      return [was?.id, is?.id];
    };
    assert.deepEqual(await neighbours(created), [undefined, first.id]);
    assert.deepEqual(await neighbours(first), [created.id, second.id]);
    assert.deepEqual(await neighbours(second), [first.id, disabled.id]);
    assert.deepEqual(await neighbours(disabled), [second.id, undefined]);
    const timeline = await admin.get(`audit/entities/provider/${provider.id}/timeline`);
    assert.deepEqual(timeline.data.map(({ event }) => event.id), [disabled, second, first, created].map(({ id }) => id));
    assertProblem(await admin.request('GET', 'audit/events/nothing'), 404);
  });

  it('is found by English and Chinese words, as they are and in other forms', async () => {
    const mark = unique('mark');
    const chinese = await team(`市场部预算评审小组 ${mark}`);
    const english = await team(`Monthly reviews of prices ${mark}`);
    const found = async (q) => (await admin.get(`audit/events?q=${encodeURIComponent(`${q} ${mark}`)}`)).data.map((one) => one.entity_id);
    for (const q of ['市场部', '预算', '预算评审', '市场预算评审', '评审小组']) {
      assert.deepEqual(await found(q), [chinese], q);
    }
    for (const q of ['monthly', 'reviews', 'review', 'reviewing', 'price', 'Pric', 'prices monthly']) {
      assert.deepEqual(await found(q), [english], q);
    }
    for (const q of ['财务部', '部市场', 'yearly', 'prices 预算']) {
      assert.deepEqual(await found(q), [], q);
    }
  });

  it('comes once when all are read page by page, in the order of time', async () => {
    const seen = [];
    let cursor;
    for (let page = 0; page < 40; page++) {
      const answer = await admin.get(`audit/events?limit=9${cursor ? `&cursor=${cursor}` : ''}`);
      seen.push(...answer.data);
      cursor = answer.next_cursor;
      if (!cursor) {
        break;
      }
    }
    assert.ok(seen.length > 20, `only ${seen.length}`);
    assert.equal(new Set(seen.map(({ id }) => id)).size, seen.length);
    assert.deepEqual(seen.map(({ at }) => Date.parse(at)), seen.map(({ at }) => Date.parse(at)).toSorted((one, other) => other - one));
    assertProblem(await admin.request('GET', 'audit/events?cursor=nonsense'), 400);
  });
});

describe('a search as a file', () => {
  it('holds what the list shows, by lines and as a table', async () => {
    const id = await team(unique('=1+1'));
    await admin.write('PATCH', `teams/${id}`, { name: unique('one, "two" 三') });
    const list = await entries(id, 2);
    const lines = await auditor.request('GET', `audit/export?entity_id=${id}`);
    assert.equal(lines.status, 200);
    assert.match(lines.headers['content-type'], /^application\/jsonl/);
    assert.match(lines.headers['content-disposition'], /audit\.jsonl/);
    assert.equal(lines.headers['x-export-rows'], '2');
    assert.deepEqual(lines.text.trimEnd().split('\n').map((line) => JSON.parse(line)), list);
    const table = await auditor.request('GET', `audit/export?entity_id=${id}&format=csv`);
    assert.match(table.headers['content-type'], /^text\/csv/);
    const rows = table.text.split('\r\n');
    assert.equal(rows[0].split(',')[0], 'id');
    assert.ok(table.text.includes(`"'=1+1`) || table.text.includes(`,'=1+1`), 'a formula is not guarded');
    assertProblem(await admin.request('GET', 'audit/export?format=xml'), 400);
  });
});

describe('a saved search', () => {
  it('is kept for its owner, with what was typed sealed, until it is forgotten', async () => {
    const typed = unique('王芳');
    const saved = await auditor.write('POST', 'audit/searches', { name: unique('mine'), filters: { q: typed, entity_type: 'user' } }, 201);
    const own = async (token) => (await auditor.get('audit/searches', token)).data;
    const [search] = await own(saved.token);
    assert.deepEqual([search.id, search.filters], [saved.id, { q: typed, entity_type: 'user' }]);
    assert.ok(!(await admin.get('audit/searches')).data.some((one) => one.id === saved.id));
    assertProblem(await admin.request('DELETE', `audit/searches/${saved.id}`), 404);
    for (const body of [{ name: 'x' }, { name: 'x', filters: { nothing: 'x' } }, { name: '', filters: {} }, { name: 'x', filters: { q: '' } }]) {
      assertProblem(await auditor.request('POST', 'audit/searches', body), 400);
    }
    const events = (await readTopic('domain.v1')).filter(({ value }) => value.includes(saved.id));
    assert.ok(events.length === 1 && !events[0].value.includes(typed));
    const forgotten = await auditor.write('DELETE', `audit/searches/${saved.id}`);
    assert.deepEqual(await own(forgotten.token), []);
  });
});

describe('who reads', () => {
  it('stands in the log with what was asked and how many results there were, once for the same question', async () => {
    const mark = unique('wanted');
    const since = new Date(Date.now() - 60_000).toISOString();
    const asked = [
      ['GET /audit/events', 'read.AuditRead', `audit/events?q=${mark}&limit=5`, { q: mark, results: 0 }],
      ['GET /audit/entities/{type}/{id}', 'read.HistoryRead', `audit/entities/user/${auditor.user.id}`, { type: 'user', id: auditor.user.id, results: 1 }],
      ['GET /audit/entities/{type}/{id}/timeline', 'read.HistoryRead', `audit/entities/user/${auditor.user.id}/timeline`, { id: auditor.user.id, results: 1 }],
      ['GET /audit/diff', 'read.HistoryRead', `audit/diff?from=${since}`, { from: since }],
      ['GET /audit/access', 'read.HistoryRead', `audit/access?user_id=${auditor.user.id}`, { user_id: auditor.user.id, results: 0 }],
      ['GET /audit/export', 'read.DataExported', `audit/export?actor=${mark}`, { actor: mark, results: 0 }],
      ['GET /exports/models', 'read.DataExported', 'exports/models?format=csv', { format: 'csv' }],
    ];
    for (let time = 0; time < 3; time++) {
      for (const [, , path] of asked) {
        assert.equal((await auditor.request('GET', path)).status, 200, path);
      }
    }
    const { value: reads } = await eventually('the reads are in the log', async () => {
      const { data } = await admin.get(`audit/events?actor=${auditor.user.id}&entity_type=read&limit=100`);
      return asked.every(([operation]) => data.some((one) => one.entity_name === operation)) && data;
    });
    for (const [operation, type, path, fields] of asked) {
      const wanted = reads.filter((one) => one.entity_name === operation && Object.entries(fields).every(([field, value]) => told(one)[field] === value));
      assert.equal(wanted.length, 1, `${path}: ${JSON.stringify(reads.filter((one) => one.entity_name === operation))}`);
      const [{ type: is, actor, ip, user_agent: device, request_id: request }] = wanted;
      assert.deepEqual([is, actor, device], [type, { type: 'user', id: auditor.user.id, name: credentials.username }, 'llm-platform-e2e']);
      assert.match(ip, /^127\.|^::1$/);
      assert.match(request, /^req_/);
    }
    const byWord = await admin.get(`audit/events?q=${mark}&type=read.AuditRead`);
    assert.deepEqual(byWord.data.map((one) => one.actor.id), [auditor.user.id], 'found by what was typed');
  });

  it('is sealed where it is written', async () => {
    const mark = unique('typed');
    await auditor.get(`audit/events?q=${mark}`);
    const records = (await readTopic('reads.v1')).filter((one) => one.key === auditor.user.id);
    assert.ok(records.length > 0);
    for (const { value } of records) {
      const record = JSON.parse(value);
      assert.ok([record.name, record.ip, record.user_agent].every((text) => text.startsWith('sealed:')), value);
      assert.ok(![mark, credentials.username, 'llm-platform-e2e'].some((text) => value.includes(text)), value);
    }
  });

  it('is told in sum when there is too much of it', async () => {
    const { credentials: busy } = await createUser(admin, 'auditor');
    const person = await Management.login(busy);
    const ask = (n) => send(`${env.gateway}/api/admin/v1/audit/access?user_id=usr_${n}`, { headers: { authorization: `Bearer ${person.accessToken}` } });
    for (let n = 0; n < 130; n++) {
      assert.equal((await ask(n)).status, 200);
    }
    const { value: sum } = await eventually('the sum', async () => (await admin.get(`audit/events?actor=${person.user.id}&type=read.ReadsLeftOut`)).data[0], { within: 80_000, every: 1_000 });
    assert.equal(told(sum).left_out, 10);
    assert.equal((await admin.get(`audit/events?actor=${person.user.id}&type=read.HistoryRead&limit=200`)).data.length, 120);
  });
});

const told = ({ changes }) => Object.fromEntries(changes.map(({ field, after: value }) => [field, value]));
