// 200 random changes through the management API. After each one the test keeps what the API says of the entity; afterwards the
// time machine must say the same of every one of those moments, and what it says of spans and of access must follow from them.
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { ask, post } from '../lib/chat.mjs';
import { Changes, paths } from '../lib/changes.mjs';
import { createUser, issueKey } from '../lib/fixtures.mjs';
import { Fold } from '../lib/fold.mjs';
import { Management } from '../lib/management.mjs';
import { seeded } from '../lib/random.mjs';
import { assertProblem } from '../lib/refusal.mjs';
import { eventually } from '../lib/wait.mjs';

const STEPS = 200;
const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);

/** By what the gateway answers, [status, code], what the time machine calls it. */
const REFUSALS = {
  key_disabled: [401, 'invalid_api_key'],
  key_expired: [401, 'invalid_api_key'],
  user_disabled: [401, 'invalid_api_key'],
  team_disabled: [401, 'invalid_api_key'],
  model_not_found: [404, 'model_not_found'],
  model_not_allowed: [403, 'model_not_allowed'],
  no_deployment: [503, 'no_deployment'],
};

let admin;
let changes;
const random = seeded(SEED);
/** What was seen: `{step, type, id, at, token, entity}`, in order. */
const seen = [];
const fold = new Fold(seen);

/** What the API says of an entity now; of a book of prices, its versions. */
async function now(type, id, token) {
  if (type !== 'price_book') {
    return admin.get(`${paths[type]}/${id}`, token);
  }
  const { data } = await admin.get('prices?limit=500', token);
  return data.filter((row) => row.book_id === id);
}

async function record(step, { type, id, token }) {
  const entity = await now(type, id, token);
  const last = fold.versions(type, id).at(-1)?.entity;
  if (last && (type === 'price_book' ? last.length === entity.length : last.version === entity.version)) {
    return; // it was so already
  }
  seen.push({ step, type, id, token, entity, at: new Date().toISOString() });
  // Moments are told apart by milliseconds.
  await pause(2);
}

async function pages(path) {
  const rows = [];
  let cursor;
  do {
    const page = await admin.get(`${path}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`);
    rows.push(...page.data);
    cursor = page.next_cursor;
  } while (cursor);
  return rows;
}

/** As the API said it: without what is not the configuration's, the versions of a book as rows of the list of prices. */
function comparable(type, entity) {
  if (type === 'price_book') {
    return entity.versions
      .map(({ ...version }) => ({ ...version, book_id: entity.id, model_id: entity.model_id, model_name: entity.model_name }))
      .sort((one, other) => one.number - other.number);
  }
  return entity;
}

function expected({ type, entity }) {
  if (type === 'price_book') {
    return entity.toSorted((one, other) => one.number - other.number);
  }
  const { last_used_at: _, ...rest } = entity;
  return rest;
}

/** What the gateway says to a key that asks for a model, as the time machine would. */
async function tried({ key }, model) {
  const answer = await post(key, { model, messages: ask('hello') });
  return answer.status === 200 ? 'allowed' : `${answer.status} ${answer.json.error.code}`;
}

function predicted(row) {
  if (!row.reason || row.reason.startsWith('model_') || row.reason === 'no_deployment') {
    if (row.allowed_ips && !row.allowed_ips.includes('127.0.0.0/8')) {
      return '403 ip_not_allowed';
    }
    if (row.scopes && !row.scopes.includes('chat.completions')) {
      return '403 scope_missing';
    }
  }
  return row.allowed ? 'allowed' : REFUSALS[row.reason].join(' ');
}

async function assertGatewayAgrees() {
  const last = seen.at(-1);
  // The history is made by a projection of its own, which may be behind those that the last entity was read from.
  await admin.get(`audit/entities/${last.type}/${last.id}`, last.token);
  for (const key of changes.made.api_key) {
    const rows = await pages(`audit/access?api_key_id=${key.id}&limit=500`);
    for (const model of changes.made.model) {
      const row = rows.find((one) => one.model.id === model.id);
      const wanted = predicted(row);
      await eventually(`the gateway says ${wanted} to ${key.id} for ${model.name}: ${JSON.stringify(row)}`, async () => {
        const said = await tried(key, model.name);
        return said === wanted || Promise.reject(new Error(said));
      });
    }
  }
}

before(async () => {
  admin = await Management.login();
  changes = new Changes(admin, random);
});

describe(`${STEPS} changes (SEED=${SEED})`, () => {
  it('are made, and what the gateway does agrees with what access says in between', async (t) => {
    const since = performance.now();
    let spent = 0;
    for await (const touched of changes.begin()) {
      await record(0, touched);
    }
    for (let step = seen.length; seen.length < STEPS; step++) {
      const touched = await changes.next();
      if (touched) {
        await record(step, touched);
      }
      assert.ok(step < 2 * STEPS, `only ${seen.length} changes in ${step} steps`);
      if (seen.length % 65 === 0) {
        const begun = performance.now();
        await assertGatewayAgrees();
        spent += performance.now() - begun;
      }
    }
    t.diagnostic(`${seen.length} changes in ${Math.round(performance.now() - since - spent)} ms, asking the gateway ${Math.round(spent)} ms`);
  });

  it('are told by entities?at= and entities?position= as the API told them', async () => {
    for (const one of seen) {
      const path = `audit/entities/${one.type}/${one.id}`;
      const at = await admin.get(`${path}?at=${one.at}`, seen.at(-1).token);
      assert.deepEqual(comparable(one.type, at.entity), expected(one), `${one.type} ${one.id} at ${one.at}`);
      if (one.type !== 'price_book') {
        const there = await admin.get(`${path}?position=${one.token}`);
        assert.deepEqual(comparable(one.type, there.entity), expected(one), `${one.type} ${one.id} at position ${one.token}`);
        assert.equal(String(there.event.position), one.token);
        assert.deepEqual([there.event.actor.id, there.event.reason], [admin.user.id, 'wanted so']);
      }
    }
  });

  it('are each in the timeline of their entity, as the audit log has them', async () => {
    for (const { type, id } of random.some(fold.entities()).slice(0, 8)) {
      const timeline = await pages(`audit/entities/${type}/${id}/timeline?limit=3`);
      assert.ok(timeline.length >= fold.versions(type, id).length, `${type} ${id}`);
      assert.deepEqual(timeline.map(({ event }) => event.sequence), timeline.map((_, at) => timeline.length - 1 - at));
      const { value: entries } = await eventually('the audit log has them', async () => {
        const rows = await pages(`audit/events?entity_id=${id}&entity_type=${type}&limit=100`);
        return rows.length === timeline.length && rows;
      });
      assert.deepEqual(
        timeline.map(({ event, changes: fields }) => [event.id, event.type, event.request_id, fields]),
        entries.map((entry) => [entry.id, entry.type, entry.request_id, entry.changes]),
      );
    }
  });

  it('give the differences that follow from what was seen', async () => {
    for (let turn = 0; turn < 25; turn++) {
      const [from, to] = [random.below(seen.length), random.below(seen.length)].sort((one, other) => one - other);
      const rows = await pages(`audit/diff?from=${seen[from].at}&to=${seen[to].at}&limit=7`);
      const ours = rows.filter(({ type, id }) => fold.knows(type, id));
      const wanted = fold.differences(from, to);
      const told = ours.map(({ type, id, change, fields }) => ({
        type,
        id,
        change,
        fields: [...new Set(fields.map(({ field }) => field.split(/[.[]/)[0]))].sort(),
      }));
      assert.deepEqual(told.filter((one) => one.fields.length > 0 || one.change === 'created'), wanted, `from ${from} to ${to}`);
      for (const { events } of ours) {
        assert.ok(events.length > 0 && events.every((event) => event.id && event.position));
      }
    }
  });

  it('give the access that follows from what was seen, with the events it rests on', async () => {
    for (let turn = 0; turn < 12; turn++) {
      const step = random.below(seen.length);
      for (const { id } of fold.at('api_key', step)) {
        const rows = await pages(`audit/access?at=${seen[step].at}&api_key_id=${id}&limit=5`);
        for (const model of fold.at('model', step)) {
          const row = rows.find((one) => one.model.id === model.id);
          assert.ok(row, `no row of ${model.name}`);
          const { allowed, reason, grounds } = fold.access(step, id, model);
          assert.deepEqual([row.allowed, row.reason], [allowed, reason], `${id} → ${model.name} at step ${step}`);
          const cited = new Map(row.rests_on.map((one) => [`${one.type}/${one.id}`, String(one.position)]));
          for (const [what, token] of grounds) {
            assert.equal(cited.get(what), token, `${what} of ${id} → ${model.name} at step ${step}`);
          }
        }
      }
    }
  });
});

describe('the time machine', () => {
  it('knows a key as expired from the moment on, and nothing before it was there', async () => {
    const user = await createUser(admin);
    const start = new Date(Date.now() - 1_000).toISOString();
    const end = new Date(Date.now() + 5_000).toISOString();
    const key = await issueKey(admin, { user_id: user.id, expires_at: end });
    await admin.get(`audit/entities/api_key/${key.id}`, key.token);
    const status = async (at) => (await admin.get(`audit/entities/api_key/${key.id}?at=${at}`)).entity.status;
    assert.equal(await status(new Date(Date.parse(end) - 1).toISOString()), 'active');
    assert.equal(await status(end), 'expired');
    assertProblem(await admin.request('GET', `audit/entities/api_key/${key.id}?at=${start}`), 404);
    const model = encodeURIComponent('gpt-4o');
    const reason = async (at) => (await admin.get(`audit/access?api_key_id=${key.id}&model=${model}&at=${at}`)).data[0]?.reason;
    assert.equal(await reason(end), 'key_expired');
    await eventually('the gateway refuses it too', async () => (await post(key.key, { model: 'gpt-4o', messages: ask('x') })).status === 401);
  });

  it('takes what makes no sense for a mistake', async () => {
    for (const path of ['audit/entities/nothing/x', 'audit/entities/user/usr_nobody', 'audit/entities/user/usr_nobody/timeline']) {
      assertProblem(await admin.request('GET', path), 404);
    }
    for (const path of ['audit/diff', 'audit/diff?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z', 'audit/access?at=yesterday', 'audit/access?at=2026-01-01T00:00:00Z&position=1', 'audit/access?position=-1', 'audit/access?cursor=x', `audit/entities/user/${admin.user.id}/timeline?cursor=x`]) {
      assertProblem(await admin.request('GET', path), 400);
    }
    assert.deepEqual((await admin.get('audit/access?at=1990-01-01T00:00:00Z')).data, []);
    assert.equal((await admin.get(`audit/entities/user/${admin.user.id}`)).entity.username, admin.user.username);
  });
});
