// The analytics API against a ledger of the test's own: every request is kept with what its answer said, and every number has to
// be what these come to.
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { ask, post } from '../lib/chat.mjs';
import { createModel, createUser, issueKey, unique } from '../lib/fixtures.mjs';
import { Management } from '../lib/management.mjs';
import { assertProblem } from '../lib/refusal.mjs';
import { usageOf } from '../lib/usage.mjs';
import { eventually } from '../lib/wait.mjs';

const FAST = { type: 'mock', base_url: 'mock:?first_token_ms=1&token_ms=0' };
const FAILING = { type: 'mock', base_url: 'mock:?first_token_ms=1&token_ms=0&fail_rate=100&fail_status=503' };
const RATES = { currency: 'USD', input: 1000, output: 2000 };
const NEW_RATES = { currency: 'USD', input: 1500, output: 1500 };

let admin;
let member;
let user;
let models;
let book;
const ledger = [];

const close = (actual, expected, what) => assert.ok(Math.abs(actual - expected) < 1e-9, `${what}: ${actual}, expected ${expected}`);
const sum = (rows, of) => rows.reduce((total, row) => total + of(row), 0);
const charge = (row, rates) => (row.prompt_tokens * rates.input + row.completion_tokens * rates.output) / 1e6;
const mine = () => `user_id=${user.id}`;

before(async () => {
  admin = await Management.login();
  user = await createUser(admin);
  member = await Management.login(user.credentials);
  const { key } = await issueKey(admin, { user_id: user.id });
  models = {
    good: await createModel(admin, key, FAST, { price: RATES }),
    dated: await createModel(admin, key, FAST),
    failing: await createModel(admin, key, FAILING, { price: RATES }),
  };
  const { id, token } = await admin.create('prices', { model_id: models.dated.id, rates: RATES });
  book = id;
  await admin.get(`prices?model_id=${models.dated.id}`, token);
  const call = async (model, works = true) => {
    const answer = await post(key, { model: model.name, messages: ask(unique('How much')), max_tokens: 5 });
    assert.equal(answer.status === 200, works, `${answer.status} ${answer.text}`);
    return usageOf(admin, answer.headers['x-request-id']);
  };
  const { value: priced } = await eventually('the price book holds', async () => {
    const row = await call(models.dated);
    ledger.push(row);
    return row.cost > 0 && row;
  });
  assert.equal(priced.model, models.dated.name);
  for (const model of [models.good, models.good, models.good, models.dated]) {
    ledger.push(await call(model));
  }
  ledger.push(await call(models.failing, false));
  await eventually('all are counted', async () => (await admin.get(`usage/summary?${mine()}`)).requests === ledger.length);
});

describe('usage analytics', () => {
  it('break down by every dimension, and lead to the requests', async () => {
    for (const dimension of ['model', 'deployment', 'provider_id', 'api_key_id', 'user_id', 'team_id', 'endpoint', 'outcome']) {
      const told = await admin.get(`usage/breakdown?dimension=${dimension}&${mine()}`);
      for (const row of told.rows) {
        const own = ledger.filter((one) => (one[dimension] ?? null) === row.key);
        assert.equal(row.requests, own.length, `${dimension} ${row.key}`);
        close(row.costs.USD, sum(own, (one) => one.cost), `${dimension} ${row.key}`);
        if (row.requests_link) {
          const { data } = await admin.get(row.requests_link.replace('/api/admin/v1/', ''));
          assert.deepEqual(data.map((one) => one.request_id).sort(), own.map((one) => one.request_id).sort());
        }
      }
      assert.equal(sum(told.rows, (row) => row.requests), ledger.length, dimension);
    }
    const { rows, other } = await admin.get(`usage/breakdown?limit=1&${mine()}`);
    assert.equal(rows[0].requests + other.requests, ledger.length);
  });

  it('compare with the period before', async () => {
    const { current, previous, changes } = await admin.get(`usage/compare?${mine()}`);
    assert.deepEqual([current.usage.requests, previous.usage.requests], [ledger.length, 0]);
    assert.deepEqual(changes.requests, { absolute: ledger.length, relative: null });
    close(changes.costs.USD.absolute, sum(ledger, (row) => row.cost), 'costs');
  });

  it('put usage into the hours of a place', async () => {
    const zone = 'Asia/Kolkata';
    const { cells } = await admin.get(`usage/heatmap?time_zone=${zone}&${mine()}`);
    assert.equal(cells.length, 168);
    const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
    const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, weekday: 'short', hour: 'numeric', hourCycle: 'h23' });
    const placed = (row) => {
      const parts = Object.fromEntries(format.formatToParts(new Date(row.at)).map(({ type, value }) => [type, value]));
      return `${days.indexOf(parts.weekday) + 1} ${Number(parts.hour)}`;
    };
    for (const cell of cells) {
      assert.equal(cell.requests, ledger.filter((row) => placed(row) === `${cell.weekday} ${cell.hour}`).length);
    }
    assertProblem(await admin.request('GET', 'usage/heatmap?time_zone=Nowhere'), 400);
  });

  it('restate what a corrected price had billed, and say why', async () => {
    const before = await admin.get(`usage/costs?${mine()}`);
    close(before.difference.USD, 0, 'difference');
    const { token } = await admin.write('POST', `prices/${book}/correct`, { corrects: 1, rates: NEW_RATES });

    const told = await admin.get(`usage/costs?${mine()}`, token);

    const billed = sum(ledger, (row) => row.cost);
    // What was billed before the book began, was billed nothing.
    const dated = ledger.filter((row) => row.model === models.dated.name && row.cost > 0);
    const difference = sum(dated, (row) => charge(row, NEW_RATES) - charge(row, RATES));
    close(told.billed.USD, billed, 'billed');
    close(told.restated.USD, billed + difference, 'restated');
    close(told.difference.USD, difference, 'difference');
    for (const line of told.corrections) {
      assert.deepEqual([line.model, line.billed_by.number, line.restated_by.number], [models.dated.name, 1, 2]);
      assert.equal(line.restated_by.book_id, book);
    }
    const one = await admin.get(`usage/requests/${dated[0].request_id}`);
    close(one.price.billed, charge(dated[0], RATES), 'billed');
    close(one.price.restated, charge(dated[0], NEW_RATES), 'restated');
    assert.deepEqual([one.price.billed_by.number, one.price.counts_now.number], [1, 2]);
    close((await admin.get(`usage/requests/${dated[0].request_id}`)).cost, dated[0].cost, 'what was billed stays');
  });

  it('tell what another price would have come to, and when a budget would have ended', async () => {
    const rates = { input: 30, output: 60 };
    const budget = charge(ledger[0], rates) + 1e-7;
    const told = await admin.get(`usage/what-if?input=30&output=60&budget=${budget.toFixed(10)}&${mine()}`);
    close(told.what_if.USD, sum(ledger, (row) => charge(row, rates)), 'what if');
    const byTime = ledger.toSorted((a, b) => (a.at < b.at ? -1 : 1));
    let spent = 0;
    const last = byTime.find((row) => (spent += charge(row, rates)) >= Number(budget.toFixed(10)));
    assert.equal(told.budget.request_id, last.request_id);
    const other = await admin.get(`usage/what-if?prices_of=${models.good.name}&${mine()}`);
    close(other.what_if.USD, sum(ledger, (row) => charge(row, RATES)), 'at the prices of another model');
    assertProblem(await admin.request('GET', 'usage/what-if?prices_of=nothing'), 400);
  });

  it('tell who is active, and nobody else to a member', async () => {
    const all = await admin.get(`usage/activity?${mine()}`);
    assert.deepEqual([all.active_users, all.new_users], [1, 1]);
    assert.equal(all.users[0].username, user.credentials.username);
    assert.equal(sum(all.users[0].models, (model) => model.requests), ledger.length);
    const own = await member.get('usage/activity');
    assert.deepEqual(own.users.map((one) => one.user_id), [user.id]);
    assertProblem(await member.request('GET', 'usage/breakdown?dimension=provider_id'), 403);
  });

  it('judge nothing without a past', async () => {
    const { judged, anomalies } = await admin.get(`usage/anomalies?${mine()}`);
    assert.deepEqual([judged, anomalies], [0, []]);
  });

  it('tell how far a budget is spent', async () => {
    const budgets = [{ period: 'month', amount: 1000, currency: 'USD' }];
    const { token } = await admin.write('PATCH', `users/${user.id}`, { budgets });
    const { data } = await member.get('usage/budgets', token);
    assert.equal(data.length, 1);
    close(data[0].spent, sum(ledger, (row) => row.cost), 'spent');
    close(data[0].points.at(-1).spent, data[0].spent, 'burn-down');
    assert.ok(data[0].forecast >= data[0].spent && !data[0].exhausted, JSON.stringify(data[0]));
  });

  it('export every request, with an end', async () => {
    const lines = await admin.request('GET', `usage/requests/export?format=jsonl&${mine()}`);
    assert.equal(lines.headers['x-export-rows'], String(ledger.length));
    const rows = lines.text.trim().split('\n').map((line) => JSON.parse(line));
    assert.deepEqual(rows.pop(), { end: true, rows: ledger.length });
    assert.deepEqual(rows.map((row) => row.request_id).sort(), ledger.map((row) => row.request_id).sort());
    const csv = await member.request('GET', 'usage/requests/export');
    assert.ok(csv.text.startsWith('request_id,at,'), csv.text.slice(0, 99));
    assert.ok(csv.text.endsWith(`"#end",${ledger.length}\r\n`), csv.text.slice(-99));
  });
});
