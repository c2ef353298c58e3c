// kill -9 of what reads the log, during traffic.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { close } from '../lib/database.mjs';
import { issueKey, unique } from '../lib/fixtures.mjs';
import { assertKept, Ledger, settled } from '../lib/ledger.mjs';
import { Management } from '../lib/management.mjs';
import { platform } from '../lib/platform.mjs';
import { assertProblem } from '../lib/refusal.mjs';
import { eventually } from '../lib/wait.mjs';

let admin;
let issued;

before(async () => {
  admin = await Management.login();
  issued = await issueKey(admin);
});

after(async () => {
  await platform('up');
  await close();
});

describe('kill -9 of projections and query-service during traffic', () => {
  it('loses nothing, doubles nothing, and the gateway does not notice', async (t) => {
    const ledger = new Ledger(issued.key, 'gpt-4o').start(8);
    const more = (count) => {
      const goal = ledger.completed.size + count;
      return eventually(`${count} more calls`, () => ledger.assertUndisturbed() ?? ledger.completed.size >= goal, { within: 20_000 });
    };
    await more(40);
    await platform('kill', 'projections');
    await more(40);
    await platform('kill', 'query-service');
    await more(20);
    assertProblem(await admin.request('GET', 'users'), 502, 503);
    const name = unique('meanwhile');
    const meanwhile = await admin.create('api-keys', { name });

    const restarts = [await platform('start', 'projections'), await platform('start', 'query-service')];
    t.diagnostic(`up again after ${restarts.map(({ ms }) => ms).join(' and ')} ms`);
    await more(20);
    await ledger.stop();
    ledger.assertUndisturbed();
    const rows = assertKept(ledger, await settled(issued.id, [...ledger.completed.keys()]));
    assert.equal(rows.size, ledger.completed.size);
    t.diagnostic(`${rows.size} calls, each once`);

    const totals = await admin.get(`usage/summary?api_key_id=${issued.id}`);
    assert.equal(totals.requests, rows.size, 'the hourly roll-up counts otherwise');
    await eventually('the change made meanwhile', async () => (await admin.get(`api-keys?q=${name}`)).data[0]?.id === meanwhile.id);
    await eventually('its audit entry', async () => (await admin.get(`audit/events?entity_id=${meanwhile.id}`)).data.length === 1);
  });
});
