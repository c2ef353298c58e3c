// Dashboard and usage in a real browser: what is shown is what the API says, every number leads to the requests behind it, and each
// role sees its own.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { launch, open, shoot } from '../lib/browser.mjs';
import { ask, post } from '../lib/chat.mjs';
import { Console } from '../lib/console.mjs';
import { demo } from '../lib/env.mjs';
import { createModel, createUser, issueKey, unique } from '../lib/fixtures.mjs';
import { Management } from '../lib/management.mjs';
import { usageOf } from '../lib/usage.mjs';
import { eventually } from '../lib/wait.mjs';
import { plant, requestsOf } from '../month/plant.mjs';

const FAST = { type: 'mock', base_url: 'mock:?first_token_ms=1&token_ms=0' };
const FAILING = { type: 'mock', base_url: 'mock:?first_token_ms=1&token_ms=0&fail_rate=100&fail_status=503' };
const RATES = { currency: 'USD', input: 1000, output: 2000 };
const CALLS = 6;

const HALF_A_DAY = 43_200_000;

let browser;
let admin;
let user;
let member;
let model;
let failing;
let key;
const calls = [];

before(async () => {
  admin = await Management.login();
  user = await createUser(admin);
  member = await Management.login(user.credentials);
  key = await issueKey(admin, { user_id: user.id, name: unique('h2-key') });
  model = await createModel(admin, key.key, FAST, { price: RATES, name: unique('h2-model') });
  failing = await createModel(admin, key.key, FAILING, { price: RATES, name: unique('h2-failing') });
  for (let i = 0; i < CALLS; i++) {
    const answer = await post(key.key, { model: model.name, messages: ask(unique('observe')), max_tokens: 5 });
    assert.equal(answer.status, 200, answer.text);
    calls.push(await usageOf(admin, answer.headers['x-request-id']));
  }
  const failed = await post(key.key, { model: failing.name, messages: ask('fail') });
  assert.notEqual(failed.status, 200);
  calls.push(await usageOf(admin, failed.headers['x-request-id']));
  await admin.write('PATCH', `users/${user.id}`, { budgets: [{ period: 'month', amount: 0.001, currency: 'USD' }] });
  await eventually('all are counted', async () => (await admin.get(`usage/summary?user_id=${user.id}`)).requests === calls.length);
  browser = await launch();
});

after(async () => {
  await browser?.close();
  // A budget that is used up would stand on everybody's dashboard.
  await admin.write('PATCH', `users/${user.id}`, { budgets: null });
});

/** One page for each person and language, logged in once and used again; its complaints are looked at after each use. */
const pages = new Map();

async function as(person, use, language = 'en') {
  const name = `${person.username} ${language}`;
  if (!pages.has(name)) {
    const { page, complaints } = await open(browser, language);
    page.setDefaultTimeout(60_000);
    const ui = new Console(page);
    await ui.login(person);
    pages.set(name, { ui, complaints });
  }
  const { ui, complaints } = pages.get(name);
  await use(ui, ui.page);
  assert.deepEqual(complaints.splice(0), []);
}

const number = (text) => Number(text.replace(/[^\d.]/g, ''));
const mine = () => `user_id=${user.id}`;

async function go(ui, path) {
  await ui.page.goto(path);
  await ui.settled();
}

describe('the dashboard', () => {
  it('tells what happens now', async () => {
    await as(demo.admin, async (ui, page) => {
      await go(ui, '/');
      await page.locator('[data-testid="dashboard-live"][data-state="open"]').waitFor();
      await post(key.key, { model: model.name, messages: ask('live'), max_tokens: 5 });
      await eventually('a call is seen', async () => number(await ui.at('live-requests').locator('[data-value]').textContent()) > 0);
      await eventually('upstreams are told', async () => /^\d+\/\d+$/.test((await ui.at('live-upstreams').locator('[data-value]').textContent()).trim()));
      await ui.at('live-failed').click();
      await page.waitForURL(/outcome=failed/);
    });
  });

  it('goes on after the connection was lost', async () => {
    await as(demo.admin, async (ui, page) => {
      const state = (name) => page.locator(`[data-testid="dashboard-live"][data-state="${name}"]`).waitFor();
      await go(ui, '/');
      await state('open');
      // Streams that end at once, as behind a service that is being restarted.
      await page.route('**/api/admin/v1/live*', (route) => route.fulfill({ contentType: 'text/event-stream', body: '' }));
      // Pressed before the other page is there, the way back would be none, and the stream go on.
      await ui.open('usage');
      await ui.at('nav-dashboard').click();
      await state('waiting');
      await page.unroute('**/api/admin/v1/live*');
      await state('open');
      await eventually('numbers come again', async () => /\d/.test(await ui.at('live-requests').locator('[data-value]').textContent()));
    });
  });

  it('leads from every number to the requests behind it', async () => {
    await as(demo.admin, async (ui, page) => {
      await go(ui, '/?range=7d');
      // Others plant requests by the dozen meanwhile.
      await eventually('the sum is that of the API', async () => {
        await ui.refreshDashboard();
        const shown = await ui.requestsShown();
        const summary = (await admin.get(`usage/compare?from=${new Date(Date.now() - 7 * 86_400_000).toISOString()}`)).current.usage;
        assert.ok(Math.abs(shown - summary.requests) <= Math.max(50, summary.requests * 0.01), `${shown} and ${summary.requests}`);
        return true;
      });
      await ui.at('top-model').locator('a').first().click();
      await page.waitForURL(/\/usage\?.*range=7d.*model=|\/usage\?.*model=.*range=7d/);
      const name = new URL(page.url()).searchParams.get('model');
      await page.locator('[data-testid^="request-row-"]').first().waitFor();
      const models = await page.locator('[data-testid^="request-row-"] td:nth-child(2) span:first-child').allTextContents();
      assert.ok(models.length > 0 && models.every((one) => one.trim() === name), `${models}`);
      await page.goBack();
      await ui.at('dashboard-success').click();
      await page.waitForURL(/outcome=failed/);
      await page.goBack();
      await ui.at('dashboard-cost').click();
      await page.waitForURL(/\/usage\/costs/);
    });
  });

  it('looks closer at what is drawn over a chart, and back', async () => {
    await as(demo.admin, async (ui, page) => {
      await go(ui, '/');
      const chart = ui.at('chart-requests').locator('canvas');
      await chart.waitFor();
      const box = await chart.boundingBox();
      await page.mouse.move(box.x + box.width * 0.5, box.y + box.height / 2);
      await page.mouse.down();
      await page.mouse.move(box.x + box.width * 0.8, box.y + box.height / 2, { steps: 5 });
      await ui.at('chart-brush').waitFor();
      await page.mouse.up();
      await page.waitForURL(/from=.*to=/);
      const { searchParams } = new URL(page.url());
      const hours = (Date.parse(searchParams.get('to')) - Date.parse(searchParams.get('from'))) / 3_600_000;
      assert.ok(hours >= 6 && hours <= 10, `${hours} hours`);
      await ui.at('period-custom').click();
      await page.waitForURL((url) => !url.searchParams.has('from'));
    });
  });

  it('is a member’s own, without what happens at others', async () => {
    await as(user.credentials, async (ui) => {
      await go(ui, '/');
      await eventually('own calls only', async () => {
        await ui.refreshDashboard();
        return (await ui.requestsShown()) === (await member.get('usage/summary')).requests;
      });
      assert.equal(await ui.at('dashboard-live').count(), 0);
      await ui.at('dashboard-budgets').getByText(/Used up/).first().waitFor();
      assert.equal(await ui.at('top-user_id').count(), 0);
    });
  });
});

describe('the usage explorer', () => {
  it('keeps filters, columns and views', async () => {
    await as(demo.admin, async (ui, page) => {
      await go(ui, `/usage?${mine()}`);
      await eventually('own calls', async () => (await page.locator('[data-testid^="request-row-"]').count()) >= calls.length);
      await ui.at('filter-outcome').click();
      await page.getByRole('option', { name: 'Failed' }).click();
      await page.waitForURL(/outcome=failed/);
      const failed = calls.at(-1);
      await ui.at(`request-row-${failed.request_id}`).waitFor();
      await eventually('the one that failed', async () => (await page.locator('[data-testid^="request-row-"]').count()) === 1);

      await ui.at('usage-columns').click();
      await ui.at('usage-column-status').click();
      await page.getByRole('columnheader', { name: 'HTTP' }).waitFor();
      await page.keyboard.press('Escape');

      await ui.at('usage-views').click();
      await ui.at('usage-view-name').fill('Failed of one');
      await ui.at('usage-view-save').click();
      await ui.at('usage-view-list').getByText('Failed of one').waitFor();
      await page.keyboard.press('Escape');
      await ui.at('filter-clear').click();
      await page.waitForURL((url) => !url.searchParams.has('outcome'));
      await page.reload();
      await ui.settled();
      await page.getByRole('columnheader', { name: 'HTTP' }).waitFor();
      await ui.at('usage-views').click();
      await ui.at('usage-view-list').getByText('Failed of one').click();
      await page.waitForURL(/outcome=failed/);
      await ui.at(`request-row-${failed.request_id}`).waitFor();
    });
  });

  it('is asked of two instants too, typed as the clock of the reader tells them', async () => {
    await as(demo.admin, async (ui, page) => {
      const rows = page.locator('[data-testid^="request-row-"]');
      const type = async (name, at) => {
        const local = await page.evaluate((ms) => new Date(ms - new Date(ms).getTimezoneOffset() * 60_000).toISOString().slice(0, 16), at);
        await ui.at(`filter-${name}`).fill(local);
        const minute = new Date(Math.floor(at / 60_000) * 60_000).toISOString();
        await page.waitForURL((url) => url.searchParams.get(name) === minute);
        await ui.settled();
      };
      const first = Math.min(...calls.map(({ at }) => Date.parse(at)));
      await go(ui, `/usage?${mine()}`);
      await ui.at('filter-range').click();
      await page.getByRole('option', { name: 'Custom…' }).click();
      await type('from', first - 3_600_000);
      await type('to', first - 60_000);
      await eventually('none before the first', async () => (await rows.count()) === 0);
      await type('to', Date.now() + 60_000);
      const { requests } = await admin.get(`usage/summary?${mine()}`);
      assert.ok(requests >= calls.length);
      await eventually('all of them', async () => (await rows.count()) === requests);
    });
  });

  it('shows a request step by step, with its price', async () => {
    await as(demo.admin, async (ui, page) => {
      const [one] = calls;
      await go(ui, `/usage?request_id=${one.request_id}&open=${one.request_id}`);
      await ui.at('request-waterfall').waitFor();
      assert.match(await ui.at('request-waterfall').innerText(), /first token|Tokens/i);
      const billed = await ui.at('request-price').innerText();
      assert.ok(billed.includes(one.cost.toFixed(6)), `${billed} has no ${one.cost.toFixed(6)}`);
      await shoot(page, 'usage-request.en');
      await page.getByRole('link', { name: 'Why it could call' }).click();
      await page.waitForURL(/\/audit\/access\?/);
      await ui.at(`access-${key.id}-${model.id}`).locator('[data-allowed="true"]').waitFor();
    });
  });

  it('draws many rows as few', async () => {
    const busy = await createUser(admin);
    const to = Date.now();
    const planted = requestsOf(busy.id, { from: to - HALF_A_DAY, to, count: 2_000 });
    await plant(planted);
    await eventually('all are counted', async () => (await admin.get(`usage/summary?user_id=${busy.id}`)).requests === planted.length, { within: 60_000 });
    await as(demo.admin, async (ui, page) => {
      await go(ui, `/usage?user_id=${busy.id}`);
      const height = () => page.evaluate(() => document.documentElement.scrollHeight);
      await eventually('more come by scrolling', async () => {
        await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
        return (await height()) > 40_000;
      }, { within: 60_000, every: 500 });
      const drawn = await page.locator('tr[data-row]').count();
      assert.ok(drawn < 120, `${drawn} rows are drawn`);
    });
  });

  it('exports what is filtered, whole, and can be given up', async () => {
    await as(demo.admin, async (ui, page) => {
      await go(ui, `/usage?${mine()}`);
      const { requests } = await admin.get(`usage/summary?${mine()}`);
      for (const [format, lines] of [['csv', requests + 2], ['jsonl', requests + 1]]) {
        if (!(await ui.at('usage-export-panel').isVisible())) await ui.at('usage-export').click();
        const [file] = await Promise.all([page.waitForEvent('download'), ui.at(`usage-export-${format}`).click()]);
        const text = await readFile(await file.path(), 'utf8');
        assert.equal(text.trimEnd().split('\n').length, lines, format);
        for (const { request_id: id } of calls) assert.ok(text.includes(id), `${format} without ${id}`);
        assert.match(await ui.at('usage-export-done').innerText(), new RegExp(`${requests} rows`));
      }
      await go(ui, '/usage');
      // Held back, so that there is something to give up.
      await page.route('**/usage/requests/export**', () => {});
      if (!(await ui.at('usage-export-panel').isVisible())) await ui.at('usage-export').click();
      await ui.at('usage-export-csv').click();
      await ui.at('usage-export-cancel').click();
      await ui.at('usage-export-csv').waitFor();
      await page.unroute('**/usage/requests/export**');
    });
  });

  it('breaks usage down and compares periods as the API does', async () => {
    await as(demo.admin, async (ui, page) => {
      await go(ui, `/usage/breakdown?${mine()}&dimension=model`);
      const told = await admin.get(`usage/breakdown?dimension=model&${mine()}&from=${new Date(Date.now() - 7 * 86_400_000).toISOString()}`);
      for (const row of told.rows) {
        const cells = await ui.at(`breakdown-row-${row.key}`).locator('td').allInnerTexts();
        assert.ok(cells.includes(String(row.requests)), `${row.key}: ${cells}`);
      }
      assert.equal(await ui.at('compare-requests').locator('[data-value]').getAttribute('title'), String(told.rows.reduce((sum, row) => sum + row.requests, 0)));
      await ui.at('breakdown-dimension').click();
      await page.getByRole('option', { name: 'Outcome', exact: true }).click();
      await ui.at('breakdown-row-failed').waitFor();
      await ui.at('breakdown-against').click();
      await page.getByRole('option', { name: 'a week before' }).click();
      await page.waitForURL(/against=week/);
      await ui.settled();
      await ui.at('breakdown-row-failed').getByRole('link').click();
      await page.waitForURL(/\/usage\?.*outcome=failed/);
      await ui.at(`request-row-${calls.at(-1).request_id}`).waitFor();
    });
  });

  it('shows when the busy hours are, who is active, and what is out of the usual', async () => {
    await as(demo.admin, async (ui, page) => {
      await go(ui, `/usage/heatmap?${mine()}&range=24h`);
      const cells = ui.at('heatmap').locator('tbody a');
      const shown = (await cells.locator('span').allTextContents()).map(number);
      assert.equal(shown.reduce((sum, one) => sum + one, 0), (await admin.get(`usage/summary?${mine()}`)).requests);
      await go(ui, `/usage/activity?${mine()}`);
      assert.equal((await ui.at('activity-active').locator('dd').innerText()).trim(), '1');
      await ui.at(`active-user-${user.id}`).getByText(user.credentials.username).waitFor();
      await ui.at('retention').waitFor();
      await ui.at('tab-usage-anomalies').click();
      await ui.settled();
      await ui.at('anomalies-group').click();
      await page.getByRole('option', { name: 'Each: Model' }).click();
      await page.waitForURL(/group_by=model/);
      await ui.settled();
    });
  });

  it('asks what other prices would have come to', async () => {
    await as(demo.admin, async (ui, page) => {
      await go(ui, `/usage/costs?${mine()}`);
      await page.getByRole('radio', { name: 'Own prices' }).click();
      await ui.at('what-if-input').fill('30');
      await ui.at('what-if-output').fill('60');
      await ui.at('what-if-budget').fill('0.0001');
      await ui.at('what-if-ask').click();
      await ui.at('what-if-result').waitFor();
      const from = new Date(Date.now() - 30 * 86_400_000).toISOString();
      const told = await admin.get(`usage/what-if?input=30&output=60&budget=0.0001&${mine()}&from=${from}`);
      const shown = number(await ui.at('what-if-result').locator('[data-value]').innerText());
      assert.ok(Math.abs(shown - told.what_if.USD) <= told.what_if.USD * 0.06, `${shown}, ${told.what_if.USD}`);
      assert.match(await ui.at('what-if-budget-result').innerText(), /used up/);
      assert.match(page.url(), /what=rates/);
      await page.reload();
      await ui.at('what-if-result').waitFor();
    });
  });

  it('explains what a corrected price changed', async () => {
    // Of somebody whose budget is not used up.
    const payer = await issueKey(admin, { name: unique('h2-payer') });
    const dated = await createModel(admin, key.key, FAST, { name: unique('h2-dated') });
    const { id: book } = await admin.create('prices', { model_id: dated.id, rates: RATES });
    const { value: row } = await eventually('the price holds', async () => {
      const answer = await post(payer.key, { model: dated.name, messages: ask(unique('dated')), max_tokens: 5 });
      const one = await usageOf(admin, answer.headers['x-request-id']);
      return one.cost > 0 && one;
    });
    const { token } = await admin.write('POST', `prices/${book}/correct`, { corrects: 1, rates: { ...RATES, input: 3000 } });
    await admin.get(`usage/costs?model=${dated.name}`, token);
    await as(demo.admin, async (ui, page) => {
      await go(ui, `/usage/costs?model=${dated.name}`);
      assert.match(await ui.at('costs-difference').innerText(), /\+\$/);
      await page.getByText('version 1 → version 2').waitFor();
      await go(ui, `/usage?request_id=${row.request_id}&open=${row.request_id}`);
      await ui.at('request-price').getByText('Restated').waitFor();
    });
  });

  it('tells how far budgets are spent', async () => {
    await as(user.credentials, async (ui) => {
      await go(ui, '/usage/budgets');
      const card = ui.at(`budget-${user.id}-month`);
      await card.waitFor();
      assert.match(await card.innerText(), /Used up/);
    });
  });

  it('is there in Chinese, and on a phone', async () => {
    await as(
      demo.admin,
      async (ui, page) => {
        for (const tab of ['usage', 'usage-breakdown', 'usage-heatmap', 'usage-costs', 'usage-activity', 'usage-budgets', 'usage-anomalies']) {
          await go(ui, tab === 'usage' ? '/usage' : `/usage/${tab.slice(6)}`);
          await page.setViewportSize({ width: 360, height: 780 });
          const wide = await page.evaluate(() => document.documentElement.scrollWidth);
          assert.ok(wide <= 360, `${tab} is ${wide} wide`);
          assert.match(await page.locator('main').innerText(), /用量/);
          await page.setViewportSize({ width: 1440, height: 900 });
        }
      },
      'zh-CN',
    );
  });
});
