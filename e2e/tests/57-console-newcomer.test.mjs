// What somebody new wants from the console, without knowing where things are: done by pressing what stands there, and every press is
// counted.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { launch, shoot } from '../lib/browser.mjs';
import { createModel, createUser, issueKey, listModels, unique } from '../lib/fixtures.mjs';
import { Management } from '../lib/management.mjs';
import { remember } from '../lib/planted.mjs';
import { newestEntry, Visitor } from '../lib/visitor.mjs';
import { eventually } from '../lib/wait.mjs';
import { plant, requestsOf } from '../month/plant.mjs';

const DAY = 86_400_000;
const FAST = { type: 'mock', base_url: 'mock:?first_token_ms=1&token_ms=0' };

let browser;
let admin;

before(async () => {
  admin = await Management.login();
  browser = await launch();
});

after(() => browser?.close());

/** Carries out a task from the page after the login; typing is no press. */
async function newcomer(t, account, most, task) {
  const ui = await Visitor.of(browser, account);
  let presses = 0;
  const press = async (locator) => {
    await locator.click();
    presses++;
  };
  try {
    await task(ui, press);
  } catch (error) {
    await shoot(ui.page, 'newcomer-lost');
    throw error;
  } finally {
    await ui.context.close();
  }
  t.diagnostic(`${presses} presses`);
  assert.ok(presses <= most, `${presses} presses`);
}

describe('a newcomer', () => {
  it('makes a key and calls a model', async (t) => {
    const person = await createUser(admin);
    await newcomer(t, person.credentials, 4, async (ui, press) => {
      await press(ui.at('nav-api-keys'));
      await ui.settled();
      await press(ui.at('key-create').first());
      await ui.at('key-name').fill('my first key');
      await press(ui.at('key-create-submit'));
      remember((await ui.at('key-value').textContent()).trim());
      await press(ui.at('key-snippet').getByRole('button').first());
      // Copying takes a moment.
      const { value: command } = await eventually('a command is copied', async () => {
        const copied = await ui.page.evaluate(() => navigator.clipboard.readText());
        return /^curl /.test(copied) && copied;
      });
      const answer = await eventually('the copied command works', async () => {
        const { stdout } = await promisify(execFile)('bash', ['-c', command.replace(/^curl /, 'curl -s ')]);
        return JSON.parse(stdout).choices?.[0].message.content;
      });
      assert.ok(answer.value.length > 0);
    });
  });

  it('sees why a call failed yesterday', async (t) => {
    const person = await createUser(admin);
    const to = Date.now() - DAY;
    const all = requestsOf(person.id, { from: to - DAY / 4, to, count: 60 });
    const failed = { ...all[0], outcome: 'failed', status: 504, error_code: 'upstream_timeout', completion_tokens: 0, cost: 0 };
    const records = [failed, ...all.slice(1).filter(({ outcome }) => outcome === 'completed')];
    await plant(records);
    await eventually('all are counted', async () => (await admin.get(`usage/summary?user_id=${person.id}&from=${new Date(to - DAY).toISOString()}`)).requests === records.length, { within: 60_000 });
    await newcomer(t, person.credentials, 4, async (ui, press) => {
      await press(ui.at('nav-usage'));
      await ui.settled();
      await press(ui.at('filter-outcome'));
      await press(ui.page.getByRole('option', { name: 'Failed' }));
      await press(ui.at(`request-row-${failed.request_id}`));
      await ui.at('request-why').filter({ hasText: 'did not answer in time' }).waitFor();
      await shoot(ui.page, 'newcomer-why.en');
    });
  });

  it('finds who changed the price of a model', async (t) => {
    const auditor = await createUser(admin, 'auditor');
    const key = await issueKey(admin, { user_id: admin.user.id });
    const model = await createModel(admin, key.key, FAST, { name: unique('newcomer-model') });
    const other = await createUser(admin, 'admin');
    const culprit = await Management.login(other.credentials);
    const { id: book } = await culprit.write('POST', 'prices', { model_id: model.id, rates: { currency: 'USD', input: 1, output: 9 } }, 201);
    await newestEntry(admin, book, 'price_book.PriceVersionAdded');
    await newcomer(t, auditor.credentials, 4, async (ui, press) => {
      await press(ui.at('nav-models'));
      await ui.at('model-search').fill(model.name);
      await ui.settled();
      await press(ui.at(`model-row-${model.id}`).getByTestId('model-open'));
      await press(ui.at('tab-prices'));
      await press(ui.at('prices-audit'));
      await ui.at('audit-row').filter({ hasText: other.credentials.username }).first().waitFor();
      await shoot(ui.page, 'newcomer-price.en');
    });
  });

  it('stops a leaked key', async (t) => {
    const person = await createUser(admin);
    const leaked = await issueKey(admin, { user_id: person.id });
    await eventually('it works', async () => (await listModels(leaked.key)).status === 200);
    await newcomer(t, person.credentials, 3, async (ui, press) => {
      await press(ui.at('nav-api-keys'));
      await ui.at('key-search').fill(leaked.key);
      await press(ui.at('leaked-revoke'));
      await press(ui.at('confirm-ok'));
      await eventually('it is refused', async () => (await listModels(leaked.key)).status === 401);
    });
  });
});
