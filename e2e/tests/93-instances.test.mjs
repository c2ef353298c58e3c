// Three command-services on one store: hammered on one aggregate and on the same names, the publishing one killed in
// the middle. INSTANCES_COMMANDS says how many commands (300 where nothing is said).
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { close, query } from '../lib/database.mjs';
import { env } from '../lib/env.mjs';
import { unique } from '../lib/fixtures.mjs';
import { send } from '../lib/http.mjs';
import { startInstance } from '../lib/instances.mjs';
import { readTopic } from '../lib/kafka.mjs';
import { Management } from '../lib/management.mjs';
import { platform } from '../lib/platform.mjs';
import { assertProblem } from '../lib/refusal.mjs';
import { eventually } from '../lib/wait.mjs';

const COMMANDS = Number(process.env.INSTANCES_COMMANDS ?? 300);
const CALLERS = 24;
let admin;
let instances;

before(async () => {
  admin = await Management.login();
  instances = [{ url: env.command }, await startInstance(), await startInstance()];
});

after(async () => {
  await Promise.all(instances?.slice(1).map((instance) => instance.kill()) ?? []);
  await platform('up');
  await close();
});

const command = (instance, method, path, body) =>
  send(`${instance.url}/api/admin/v1/${path}`, {
    method,
    headers: { authorization: `Bearer ${admin.accessToken}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

/** Which instance publishes: the owner of the token is `host:port`. */
async function publisher() {
  const [row] = await query("select owner from events.token where processor = 'domain-publisher'");
  return row?.owner?.split(':').at(-1);
}

/** kill -9 of whichever instance publishes; answers which one it was. */
async function killPublisher() {
  const { value: port } = await eventually('somebody publishes', publisher);
  const gone = instances.find((instance) => new URL(instance.url).port === port);
  await (gone.kill ? gone.kill() : platform('kill', 'command-service'));
  return { port, gone };
}

/** What is sent: two of three commands rename one team, the third creates a team under a name that three want. */
function plan(shared) {
  return Array.from({ length: COMMANDS }, (_, i) =>
    i % 3 === 2
      ? { kind: 'create', method: 'POST', path: 'teams', name: `${shared.stem}-n${Math.floor(i / 9)}` }
      : { kind: 'rename', method: 'PATCH', path: `teams/${shared.id}`, name: `${shared.stem}-r${i}` },
  );
}

describe('three command-services on one store', () => {
  it(`explain, count and publish ${COMMANDS} commands, with the publishing one killed in the middle`, { timeout: 900_000 }, async (t) => {
    const stem = unique('hammered');
    const shared = { stem, id: (await admin.create('teams', { name: stem })).id };
    const commands = plan(shared);
    const answers = new Array(commands.length);
    let next = 0;
    let killing;
    const caller = async () => {
      for (let i = next++; i < commands.length; i = next++) {
        const { method, path, name } = commands[i];
        const alive = instances.filter((instance) => !instance.gone);
        try {
          answers[i] = await command(alive[i % alive.length], method, path, { name });
        } catch (error) {
          // Only a killed instance may leave a caller without an answer.
          assert.ok(killing, `${method} ${path}: ${error.message}`);
          answers[i] = { status: 0 };
        }
        if (i === Math.floor(commands.length / 2)) {
          killing = killPublisher().then((killed) => {
            killed.gone.gone = true;
            return killed;
          });
          await killing;
        }
      }
    };
    const began = performance.now();
    await Promise.all(Array.from({ length: CALLERS }, caller));
    const seconds = (performance.now() - began) / 1000;
    const killed = await killing;

    const unexplained = answers.filter((answer) => ![0, 200, 201, 409].includes(answer.status));
    assert.deepEqual(unexplained.map((answer) => `${answer.status} ${answer.text}`), []);
    answers.filter((answer) => answer.status === 409).forEach((answer) => assertProblem(answer, 409));
    const count = (status) => answers.filter((answer) => answer.status === status).length;
    t.diagnostic(`${commands.length} commands in ${seconds.toFixed(1)} s: ${count(200)} renames, ${count(201)} created, ${count(409)} refused, ${count(0)} without an answer`);

    const [{ position: start }] = await query('select position from events.domain_event where aggregate_id = $1 and sequence = 0', [shared.id]);
    const events = await query(
      `select position::bigint, aggregate_id as aggregate, sequence::bigint, type, convert_from(payload, 'UTF8')::jsonb as data
       from events.domain_event where position >= $1 and aggregate_type = 'team' order by position`,
      [start],
    );
    oneAggregate(events, shared, commands, answers);
    names(events, shared, commands, answers);

    const moved = await eventually('another one publishes', async () => ((await publisher()) ?? killed.port) !== killed.port, { within: 90_000, every: 250 });
    t.diagnostic(`the publisher's claim moved ${moved.ms} ms after the last command`);
    const last = Number(events.at(-1).position);
    const { value: published } = await eventually('all is published', () => publishedSince(Number(start), last), { within: 90_000, every: 1_000 });
    assert.deepEqual([...new Set(published.filter(ours(events)))], events.map((event) => Number(event.position)), 'published otherwise than stored');
    t.diagnostic(`${events.length} events, ${published.length - new Set(published).size} of all records published twice`);
    await audited(shared, events);
  });
});

const ours = (events) => {
  const positions = new Set(events.map((event) => Number(event.position)));
  return (position) => positions.has(position);
};

/** Versions without gaps; each accepted rename is the event of the version that it was told, and no other. */
function oneAggregate(events, shared, commands, answers) {
  const own = events.filter((event) => event.aggregate === shared.id);
  assert.deepEqual(own.map((event) => Number(event.sequence)), own.map((_, i) => i));
  const stored = new Map(own.slice(1).map((event) => [event.data.after.name, Number(event.sequence)]));
  assert.equal(stored.size, own.length - 1, 'a rename was stored twice');
  commands.forEach(({ kind, name }, i) => {
    if (kind !== 'rename') {
      return;
    }
    if (answers[i].status === 200) {
      assert.equal(stored.get(name), answers[i].json.version, `${name} was accepted and is not stored so`);
    } else if (answers[i].status === 409) {
      assert.ok(!stored.has(name), `${name} was refused and is stored`);
    }
  });
}

/** Each name has one winner, and each refused one stored nothing. */
function names(events, shared, commands, answers) {
  const created = events.filter((event) => event.type === 'team.TeamCreated' && event.aggregate !== shared.id);
  const byName = new Map(created.map((event) => [event.data.details.name, event.aggregate]));
  assert.equal(byName.size, created.length, 'a name was given twice');
  const wanted = Map.groupBy(
    commands.map((one, i) => ({ ...one, answer: answers[i] })).filter((one) => one.kind === 'create'),
    (one) => one.name,
  );
  for (const [name, tries] of wanted) {
    const winners = tries.filter((one) => one.answer.status === 201);
    assert.ok(winners.length <= 1, `${name} was given to ${winners.length}`);
    if (winners.length === 1) {
      assert.equal(byName.get(name), winners[0].answer.json.id);
    } else {
      assert.ok(tries.some((one) => one.answer.status === 0), `nobody got ${name}: ${tries.map((one) => one.answer.status)}`);
    }
  }
}

/** The positions on the topic from one on, in their order there; nothing while it does not reach the last one. */
async function publishedSince(start, last) {
  const positions = (await readTopic('domain.v1')).map((record) => JSON.parse(record.value).position).filter((position) => position >= start);
  return positions.includes(last) ? positions : undefined;
}

/** What was published twice is shown once. */
async function audited(shared, events) {
  const own = events.filter((event) => event.aggregate === shared.id).length;
  await eventually(
    `${own} audit entries`,
    async () => {
      let cursor = '';
      let seen = 0;
      do {
        const page = await admin.get(`audit/events?entity_id=${shared.id}&limit=100${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
        seen += page.data.length;
        cursor = page.next_cursor ?? '';
      } while (cursor);
      assert.ok(seen <= own, `${seen} audit entries of ${own} events`);
      return seen === own;
    },
    { within: 60_000, every: 500 },
  );
}
