// How soon what happens stands on a page, and is so: alone, since what else a machine does would be measured along.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { launch, open } from '../lib/browser.mjs';
import { ask, post } from '../lib/chat.mjs';
import { Console } from '../lib/console.mjs';
import { demo } from '../lib/env.mjs';
import { issueKey, listModels, unique } from '../lib/fixtures.mjs';
import { Management } from '../lib/management.mjs';
import { remember } from '../lib/planted.mjs';
import { eventually } from '../lib/wait.mjs';

const BOUND = 2_000;
let browser;
let admin;

before(async () => {
  admin = await Management.login();
  browser = await launch();
});

after(() => browser?.close());

describe('the console', () => {
  it(`counts a call on the dashboard, and revokes a key, within ${BOUND} ms`, async (t) => {
    const { page, context } = await open(browser, 'en');
    const ui = new Console(page);
    await ui.login(demo.admin);
    await ui.open('dashboard');
    const called = await issueKey(admin);
    const shown = await ui.requestsShown();
    await post(called.key, { model: 'gpt-4o', messages: ask('for the dashboard') });
    const counted = await eventually('the dashboard counts it', async () => {
      await ui.refreshDashboard();
      return (await ui.requestsShown()) > shown;
    });
    t.diagnostic(`on the dashboard after ${counted.ms} ms`);
    assert.ok(counted.ms <= BOUND, `${counted.ms} ms`);

    await ui.open('api-keys');
    const name = unique('soon');
    const { key } = await ui.createKey(name);
    remember(key);
    await eventually('the key works', async () => (await listModels(key)).status === 200);
    await ui.revokeKey(name);
    const refused = await eventually('refused', async () => (await listModels(key)).status === 401);
    t.diagnostic(`refused after ${refused.ms} ms`);
    assert.ok(refused.ms <= BOUND, `${refused.ms} ms`);
    await context.close();
  });
});
