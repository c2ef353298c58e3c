// The audit log and the time machine in a real browser: found, read, kept, taken away as a file, and the past as the API tells it.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { launch, open, shoot } from '../lib/browser.mjs';
import { Console } from '../lib/console.mjs';
import { demo } from '../lib/env.mjs';
import { createUser, issueKey, unique } from '../lib/fixtures.mjs';
import { Management } from '../lib/management.mjs';
import { eventually } from '../lib/wait.mjs';

let browser;
let admin;
let auditor;
let team;
let key;
const names = { first: unique('h2-first'), second: unique('h2-second') };
const moments = {};

/** Moments are picked to the second: changes of the test stand in different ones. */
const nextSecond = async () => {
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  const now = new Date().toISOString();
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  return now;
};

before(async () => {
  admin = await Management.login();
  const made = await createUser(admin, 'auditor');
  auditor = { ...made.credentials, id: made.id, api: await Management.login(made.credentials) };
  moments.start = await nextSecond();
  team = await admin.create('teams', { name: names.first });
  key = await issueKey(admin, { name: unique('h2-key') });
  moments.between = await nextSecond();
  await admin.write('PATCH', `teams/${team.id}`, { name: names.second, limits: { concurrency: 7 } });
  const { token } = await admin.write('POST', `api-keys/${key.id}/disable`);
  await admin.get(`audit/entities/api_key/${key.id}`, token);
  await eventually('the log has it', async () => (await admin.get(`audit/events?entity_id=${key.id}`)).data.length === 2);
  browser = await launch();
});

after(() => browser?.close());

/** One page for each person and language, logged in once and used again; its complaints are looked at after each use. */
const pages = new Map();

/** @param known complaints that belong to what is looked at */
async function as(person, use, { language = 'en', known = /^$/ } = {}) {
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
  assert.deepEqual(complaints.splice(0).filter((one) => !known.test(one)), []);
}

async function go(ui, path) {
  await ui.page.goto(path);
  await ui.settled();
}

/** What a `datetime-local` box of this browser takes for a moment. */
const local = (page, iso) =>
  page.evaluate((at) => new Date(Date.parse(at) - new Date(at).getTimezoneOffset() * 60_000).toISOString().slice(0, 19), iso);

async function pick(ui, testid, iso) {
  await ui.at(testid).fill(await local(ui.page, iso));
  await ui.at(testid).dispatchEvent('change');
  await ui.settled();
}

const logged = (type, actor) =>
  eventually(`${type} in the log`, async () => (await admin.get(`audit/events?type=${type}&actor=${actor}`)).data[0]);

describe('the audit log', () => {
  it('is searched, and an entry has its difference and its neighbours', async () => {
    await as(auditor, async (ui, page) => {
      await ui.open('audit');
      const row = await ui.searchAudit(names.second);
      await row.getByRole('button').first().click();
      await row.getByText(names.first).first().waitFor();
      await row.getByText(/"?concurrency"?/).last().waitFor();
      const neighbours = row.getByTestId('entry-neighbours');
      await neighbours.getByText('created team').waitFor();
      await shoot(page, 'audit-neighbours.en');
      await neighbours.getByRole('link').first().click();
      await ui.at('audit-drawer').getByText(names.first).first().waitFor();
      await ui.at('audit-drawer').getByTestId('entry-timeline').click();
      await page.waitForURL(new RegExp(`/audit/entities/team/${team.id}`));
    });
  });

  it('keeps searches of a person until they are taken away', async () => {
    await as(auditor, async (ui, page) => {
      await go(ui, `/audit?entity_type=team&entity_id=${team.id}`);
      await ui.at('audit-searches').click();
      await ui.at('audit-search-name').fill('Changes of one team');
      await ui.at('audit-search-save').click();
      const { value: saved } = await eventually('it is kept', async () => (await auditor.api.get('audit/searches')).data[0]);
      assert.deepEqual([saved.name, saved.filters], ['Changes of one team', { entity_type: 'team', entity_id: team.id }]);
      await logged('saved_search.SearchSaved', auditor.id);

      await go(ui, '/audit');
      await ui.at('audit-searches').click();
      await ui.at(`audit-search-${saved.id}`).click();
      await page.waitForURL(new RegExp(`entity_id=${team.id}`));
      await eventually('its entries', async () => (await ui.at('audit-row').count()) === 2);

      await ui.at('audit-searches').click();
      await ui.at(`audit-forget-${saved.id}`).click();
      await eventually('it is gone', async () => (await auditor.api.get('audit/searches')).data.length === 0);
      await logged('saved_search.SearchForgotten', auditor.id);
    });
  });

  it('is taken away as a file, which is told in it', async () => {
    await as(auditor, async (ui, page) => {
      await go(ui, `/audit?entity_id=${team.id}`);
      for (const format of ['jsonl', 'csv']) {
        if (!(await ui.at('audit-export-panel').isVisible())) await ui.at('audit-export').click();
        const [file] = await Promise.all([page.waitForEvent('download'), ui.at(`audit-export-${format}`).click()]);
        const text = await readFile(await file.path(), 'utf8');
        assert.ok(text.includes(names.first) && text.includes(names.second), text);
        assert.match(await ui.at('audit-export-done').innerText(), /2 rows/);
      }
      await logged('read.DataExported', auditor.id);
    });
  });
});

describe('the time machine', () => {
  it('shows what an entity was, and what has changed since', async () => {
    await as(demo.admin, async (ui, page) => {
      await go(ui, `/audit/entities/team/${team.id}`);
      const state = ui.at('entity-state');
      const field = (name) => state.locator(`[data-field="${name}"] dd`).innerText();
      assert.equal((await field('name')).trim(), names.second);

      await pick(ui, 'entity-at', moments.between);
      await page.waitForURL(/at=/);
      await page.locator('[data-testid="entity-state"][data-past="true"]').waitFor();
      await eventually('the name of then', async () => (await field('name')).trim() === names.first);
      const then = await admin.get(`audit/entities/team/${team.id}?at=${moments.between}`);
      assert.ok(await state.locator(`[data-event="${then.event.id}"]`).isVisible(), 'the event is not cited');
      assert.match(await ui.at('entity-since').innerText(), new RegExp(`name[\\s\\S]*${names.first}[\\s\\S]*${names.second}`));
      await shoot(page, 'time-machine.en');

      const timeline = await admin.get(`audit/entities/team/${team.id}/timeline`);
      await ui.at(`timeline-${timeline.data[0].event.position}`).click();
      await page.waitForURL(/position=/);
      await eventually('the name after the second event', async () => (await field('name')).trim() === names.second);
      await ui.at('entity-at-now').click();
      await page.locator('[data-testid="entity-state"][data-past="false"]').waitFor();
    });
  });

  it('says when an entity was not there yet', async () => {
    const missing = /404/;
    await as(
      demo.admin,
      async (ui, page) => {
        await go(ui, `/audit/entities/team/${team.id}`);
        await ui.at('entity-at').fill(await local(page, moments.start));
        await ui.at('entity-at').dispatchEvent('change');
        await page.getByText('It was not there').waitFor();
      },
      { known: missing },
    );
  });

  it('compares the configuration of two moments, and cites', async () => {
    await as(auditor, async (ui, page) => {
      await go(ui, `/audit/changes?from=${moments.between}`);
      const told = (await admin.get(`audit/diff?from=${moments.between}&limit=500`)).data;
      const row = page.locator(`[data-entity="team/${team.id}"]`);
      await row.getByRole('button').first().click();
      await row.getByText(names.first).first().waitFor();
      await row.getByText(names.second).first().waitFor();
      const { events } = told.find((one) => one.id === team.id);
      await row.locator(`[data-event="${events[0].id}"]`).click();
      await ui.at('audit-drawer').getByText(names.second).first().waitFor();
    });
  });

  it('reports who could call what, then and now, and why', async () => {
    await as(auditor, async (ui, page) => {
      await go(ui, `/audit/access?api_key_id=${key.id}`);
      const { data } = await admin.get(`audit/access?api_key_id=${key.id}&limit=500`);
      assert.ok(data.length > 0 && data.every(({ reason }) => reason === 'key_disabled'));
      const row = ui.at(`access-${key.id}-${data[0].model.id}`);
      await row.locator('[data-allowed="false"]').waitFor();
      await row.click();
      const cited = ui.at('access-rests-on').locator(`[data-event="${data[0].rests_on.find(({ id }) => id === key.id).event_id}"]`);
      await cited.waitFor();
      await ui.at('access-drawer').getByText('the key was disabled').waitFor();
      await shoot(page, 'access-report.en');
      await page.keyboard.press('Escape');

      await pick(ui, 'access-at', moments.between);
      const before = await admin.get(`audit/access?api_key_id=${key.id}&at=${moments.between}&limit=500`);
      const open = before.data.find(({ allowed }) => allowed);
      await ui.at(`access-${key.id}-${open.model.id}`).locator('[data-allowed="true"]').waitFor();
    });
  });

  it('is there in Chinese, and on a phone', async () => {
    await as(
      demo.admin,
      async (ui, page) => {
        for (const path of ['/audit', '/audit/changes', '/audit/access', `/audit/entities/team/${team.id}`]) {
          await go(ui, path);
          await page.setViewportSize({ width: 360, height: 780 });
          const wide = await page.evaluate(() => document.documentElement.scrollWidth);
          assert.ok(wide <= 360, `${path} is ${wide} wide`);
          assert.match(await page.locator('main').innerText(), /审计|日志/);
          await page.setViewportSize({ width: 1440, height: 900 });
        }
      },
      { language: 'zh-CN' },
    );
  });

  it('is closed to who may not look', async () => {
    const manager = await createUser(admin, 'manager');
    for (const person of [manager.credentials, demo.user]) {
      await as(person, async (ui) => {
        assert.equal(await ui.at('nav-audit').count(), 0);
        for (const path of ['/audit', '/audit/changes', '/audit/access', `/audit/entities/team/${team.id}`]) {
          await go(ui, path);
          await ui.at('denied').waitFor();
        }
      });
    }
  });
});
