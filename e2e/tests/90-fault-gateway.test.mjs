// kill -9 of the gateway in the middle of fifty concurrent calls.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ask, events, post } from '../lib/chat.mjs';
import { close } from '../lib/database.mjs';
import { createSlowModel, issueKey } from '../lib/fixtures.mjs';
import { assertKept, Ledger, settled } from '../lib/ledger.mjs';
import { Management } from '../lib/management.mjs';
import { platform } from '../lib/platform.mjs';
import { eventually } from '../lib/wait.mjs';

const CLIENTS = 50;
// Spread over the second and a half that a call takes.
const APART_MS = 30;
let admin;
let issued;
let model;

before(async () => {
  admin = await Management.login();
  issued = await issueKey(admin);
  model = await createSlowModel(admin, issued.key);
});

after(async () => {
  await platform('up');
  await close();
});

describe('an orderly stop of proxy-service', () => {
  it('lets the streams that are under way come to their end', async () => {
    const began = [];
    const { id, key } = await issueKey(admin);
    const streams = Array.from({ length: 20 }, () =>
      post(
        key,
        { model: model.name, messages: ask('until the end'), stream: true },
        { onHeaders: (headers) => began.push(headers['x-request-id']) },
      ),
    );
    await eventually('all streams have begun', () => began.length === streams.length, { every: 5 });
    const stopping = platform('stop', 'proxy-service');
    const answers = await Promise.all(streams);
    await stopping;
    assert.deepEqual([...new Set(answers.map((answer) => events(answer.text).at(-1)))], ['[DONE]']);
    await assert.rejects(post(key, { model: model.name, messages: ask('anybody there?') }), /ECONNREFUSED/);
    await platform('up');
    const { rows } = await settled(id, began);
    assert.deepEqual([...new Set(rows.map((row) => row.outcome))], ['completed']);
  });
});

describe(`kill -9 of proxy-service under ${CLIENTS} concurrent calls`, () => {
  it('loses no call that a client saw completed, doubles none, and calls the orphans unknown', async (t) => {
    const ledger = new Ledger(issued.key, model.name).start(CLIENTS, APART_MS);
    // The second round of calls is under way by then, some of them done.
    await eventually('calls complete', () => ledger.completed.size >= CLIENTS * 1.2, { within: 30_000, every: 5 });
    await platform('kill', 'proxy-service');
    await ledger.stop();
    assert.deepEqual(ledger.refused, []);
    assert.ok(ledger.broken.size > 0, 'no stream was cut: the kill came at the wrong time');

    const { ms } = await platform('up');
    t.diagnostic(`up again after ${ms} ms`);
    const state = await settled(issued.id, [...ledger.completed.keys(), ...ledger.broken]);
    const rows = assertKept(ledger, state);

    // A record is written before the last byte leaves: a call can be complete in the journal and cut on the wire.
    const cut = [...rows.keys()].filter((id) => !ledger.completed.has(id));
    const outcomes = Object.groupBy(cut, (id) => rows.get(id)[0].outcome);
    const count = (outcome) => outcomes[outcome]?.length ?? 0;
    t.diagnostic(
      `${ledger.completed.size} completed, ${ledger.broken.size} streams cut, ${ledger.unanswered} unanswered; of those ` +
        `${count('unknown')} unknown, ${count('completed')} complete in the journal only; ` +
        `${state.records.length - rows.size} records twice in the topic`,
    );
    assert.equal(count('unknown') + count('completed'), cut.length, `other outcomes: ${Object.keys(outcomes)}`);
    assert.ok(count('completed') <= 3, `${count('completed')} calls are completed that no client saw end`);
    assert.ok(cut.length <= CLIENTS, `${cut.length} records of at most ${CLIENTS} calls`);
    for (const id of ledger.broken) {
      assert.ok(['unknown', 'completed'].includes(rows.get(id)[0].outcome), `${id} is ${rows.get(id)[0].outcome}`);
    }
  });

  it('serves again with what it knew', async () => {
    const answer = await post(issued.key, { model: model.name, messages: ask('still there?') });
    assert.equal(answer.status, 200, answer.text);
  });
});
