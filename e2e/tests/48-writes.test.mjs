// What holds for every write: done once per key whatever fails, tried without leaving a trace, and recorded when refused.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { close, query } from '../lib/database.mjs';
import { createUser, secret, unique } from '../lib/fixtures.mjs';
import { Management } from '../lib/management.mjs';
import { platform } from '../lib/platform.mjs';
import { remember } from '../lib/planted.mjs';
import { assertProblem } from '../lib/refusal.mjs';
import { eventually } from '../lib/wait.mjs';

let admin;

before(async () => {
  const root = await Management.login();
  // One of our own: what is recorded of refusals is bounded per person.
  admin = await Management.login((await createUser(root, 'admin')).credentials);
});

after(async () => {
  await platform('up');
  await close();
});

const keyed = (key) => ({ 'idempotency-key': key });
const eventsNamed = (name) =>
  query("select type from events.domain_event where aggregate_type <> 'attempt' and convert_from(payload, 'UTF8') like $1", [`%${name}%`]);

describe('an idempotency key', () => {
  it('gets the first answer again, a new API key included, and is good for one request', async () => {
    const key = randomUUID();
    const body = { name: unique('once') };
    const first = await admin.request('POST', 'api-keys', body, keyed(key));
    assert.equal(first.status, 201, first.text);
    remember(first.json.key);
    const again = await admin.request('POST', 'api-keys', body, keyed(key));
    assert.equal(again.text, first.text);
    assert.equal(again.headers['idempotency-replayed'], 'true');
    assert.equal(again.headers['x-consistency-token'], first.headers['x-consistency-token']);
    assertProblem(await admin.request('POST', 'api-keys', { name: unique('other') }, keyed(key)), 422);
    assert.equal((await eventsNamed(body.name)).length, 1);
  });

  it('survives kill -9 of command-service in the middle: sent again until answered, each is done once', async (t) => {
    const stem = unique('killed');
    const wanted = [];
    let answered = 0;
    let lost = 0;
    let over = false;
    // One more each time until some are lost: the kill comes in the middle, however long it takes to come.
    const more = () => (over && wanted.length >= 60 ? undefined : wanted[wanted.push({ key: randomUUID(), name: `${stem} ${wanted.length}` }) - 1]);
    const until = async ({ key, name }) => {
      const { value } = await eventually(`team ${name}`, async () => {
        const answer = await admin.request('POST', 'teams', { name }, keyed(key)).catch(() => undefined);
        if (answer?.status === 201) {
          answered++;
          return answer;
        }
        lost++;
        return undefined;
      }, { within: 120_000, every: 200 });
      return value.json.id;
    };
    const ids = [];
    const clients = Array.from({ length: 6 }, async () => {
      for (let next = more(); next; next = more()) {
        ids.push(await until(next));
      }
    });
    try {
      await eventually('some are answered', () => answered >= 10);
      await platform('kill', 'command-service');
      await eventually('some are lost', () => lost > 0);
    } finally {
      over = true;
    }
    await platform('start', 'command-service');
    await Promise.all(clients);

    assert.equal(new Set(ids).size, wanted.length);
    const stored = await query(
      "select aggregate_id from events.domain_event where type = 'team.TeamCreated' and convert_from(payload, 'UTF8') like $1",
      [`%"${stem} %`],
    );
    assert.deepEqual(stored.map((row) => row.aggregate_id).sort(), [...ids].sort());
    t.diagnostic(`${wanted.length} teams, ${lost} tries without an answer`);
  });
});

describe('a dry run', () => {
  it('tells what would be and leaves nothing', async () => {
    const name = unique('dry');
    const dry = await admin.request('POST', 'teams?dry_run=true', { name, limits: { concurrency: 2 } });
    assert.equal(dry.status, 201, dry.text);
    assert.equal(dry.headers['x-consistency-token'], undefined);
    assert.deepEqual(dry.json.dry_run.events.map((event) => [event.type, event.data.details]), [
      ['team.TeamCreated', { name, limits: { concurrency: 2 } }],
    ]);
    assert.deepEqual(await eventsNamed(name), []);
    const { id, token } = await admin.create('teams', { name });
    assertProblem(await admin.request('POST', 'teams?dry_run=true', { name }), 409);

    const edit = await admin.request('PATCH', `teams/${id}?dry_run=true`, { name: `${name} 2` });
    const { before: was, after: would } = edit.json.dry_run.events[0].data;
    assert.deepEqual([was.name, would.name], [name, `${name} 2`]);
    assert.equal((await admin.get(`teams/${id}`, token)).name, name);
  });
});

describe('an import', () => {
  const csv = { 'content-type': 'text/csv' };

  it('creates what it can and reports each row; an export is a file that imports the same again', async () => {
    const owner = await createUser(admin);
    const name = unique('imported');
    const file = `name,user,allowed_models,limits
"=${name}",${owner.credentials.username},"[""gpt-4o""]","{""concurrency"":2}"
,${owner.credentials.username},,
${name} 3,nobody-of-that-name,,
`;
    const answer = await admin.request('POST', 'imports/api-keys', file, csv);
    assert.equal(answer.status, 200, answer.text);
    const [row, ...refused] = answer.json.rows;
    remember(row.key);
    assert.deepEqual([answer.json.created, refused.map(({ problem }) => problem)], [1, ['invalid', 'unknown-reference']]);
    const key = await admin.get(`api-keys/${row.id}`, answer.headers['x-consistency-token']);
    assert.deepEqual([key.name, key.user_id, key.allowed_models, key.limits], [`=${name}`, owner.id, ['gpt-4o'], { concurrency: 2 }]);
    const entry = await eventually('audit entry', async () => (await admin.get(`audit/events?entity_id=${row.id}`)).data[0]);
    assert.deepEqual([entry.value.type, entry.value.actor.id], ['api_key.ApiKeyIssued', admin.user.id]);

    const exported = await admin.request('GET', 'exports/api-keys?format=csv');
    assert.equal(exported.status, 200, exported.text);
    assert.match(exported.headers['content-disposition'], /attachment; filename="api-keys\.csv"/);
    assert.ok(!exported.text.includes(row.key), 'the key itself is in the export');
    const lines = exported.text.split('\r\n');
    const line = lines.find((each) => each.includes(name));
    assert.ok(line.includes(`,'=${name},`), `a formula: ${line}`);
    const again = await admin.request('POST', 'imports/api-keys?dry_run=true', `${lines[0]}\r\n${line}\r\n`, csv);
    assert.equal(again.status, 200, again.text);
    assert.equal(again.json.dry_run.events[0]?.data.details.name, `=${name}`, again.text);
  });

  it('of all or nothing leaves nothing when one row is wrong', async () => {
    const name = unique('all');
    const users = [{ username: name, password: secret('pw') }, { username: `${name} !`, password: secret('pw') }];
    const answer = await admin.request('POST', 'imports/users?mode=all-or-nothing', users);
    assertProblem(answer, 400);
    assert.deepEqual(answer.json.errors.map(({ field }) => field), ['rows[1].username']);
    assert.deepEqual(await eventsNamed(name), []);
  });
});

describe('the audit log', () => {
  it('tells who was refused what, from where and why', async () => {
    const name = unique('taken');
    await admin.create('teams', { name });
    const refused = await admin.request('POST', 'teams', { name }, { 'x-reason': 'trying' });
    assertProblem(refused, 409);
    const member = await Management.login((await createUser(admin)).credentials);
    const denied = await member.request('POST', 'providers', { name, type: 'mock' });
    assertProblem(denied, 403);

    const entry = async (answer) =>
      (await eventually('audit entry', async () => {
        const { data } = await admin.get(`audit/events?entity_type=attempt&request_id=${answer.headers['x-request-id']}`);
        return data[0];
      })).value;
    const first = await entry(refused);
    assert.equal(first.type, 'attempt.CommandRefused');
    assert.equal(first.entity_name, 'POST /teams');
    assert.equal(first.actor.id, admin.user.id);
    assert.equal(first.reason, 'trying');
    assert.equal(first.user_agent, 'llm-platform-e2e');
    assert.ok(first.ip, 'no address');
    const fields = Object.fromEntries(first.changes.map(({ field, after: value }) => [field, value]));
    assert.equal(fields.problem, 'name-taken');
    assert.equal(fields.status, 409);
    const second = await entry(denied);
    assert.equal(second.type, 'attempt.AccessDenied');
    assert.equal(second.actor.id, member.user.id);
    const byType = await admin.get(`audit/events?type=attempt.AccessDenied&actor=${member.user.id}`);
    assert.deepEqual(byType.data.map(({ id }) => id), [second.id]);
  });
});
