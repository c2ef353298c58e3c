// Every page of every role, in both languages, both themes and on a phone: nothing complains, nothing is untranslated, nothing is wider
// than the screen, and axe finds no serious fault.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import axe from 'axe-core';
import { launch, open, shoot } from '../lib/browser.mjs';
import { Console } from '../lib/console.mjs';
import { demo } from '../lib/env.mjs';
import { createUser, unique } from '../lib/fixtures.mjs';
import { Management } from '../lib/management.mjs';
import { eventually } from '../lib/wait.mjs';

/** Who looks, how, and whether axe looks along. Pages are those that the console itself offers. */
const VISITS = [
  { role: 'admin', language: 'en', theme: 'light', inspect: true },
  { role: 'admin', language: 'zh-CN', theme: 'dark', inspect: true },
  { role: 'auditor', language: 'zh-CN', theme: 'light' },
  { role: 'manager', language: 'en', theme: 'dark' },
  { role: 'member', language: 'zh-CN', theme: 'light' },
];
const PHONE = { width: 360, height: 780 };
/** A message that is named and not told: `usage.costs.title`. */
const UNTRANSLATED = /(?<![\w./@-])(app|nav|common|problem|status|role|range|auth|dashboard|usage|keys|users|teams|providers|models|audit|playground|projections|system|settings|profile|finder)\.[a-z]\w*(\.\w+)*(?![\w/@])/;

let browser;
const people = {};

before(async () => {
  const admin = await Management.login();
  people.admin = demo.admin;
  for (const role of ['auditor', 'manager', 'member']) {
    people[role] = (await createUser(admin, role)).credentials;
  }
  browser = await launch();
});

after(() => browser?.close());

for (const { role, language, theme, inspect } of VISITS) {
  describe(`the console for ${role}, ${language}, ${theme}`, () => {
    it('shows every page well', async () => {
      const { page, context, complaints } = await open(browser, language, { theme });
      const ui = new Console(page);
      const faults = [];
      try {
        await ui.login(people[role]);
        const names = await page.locator('aside [data-testid^="nav-"]').evaluateAll((links) => links.map((one) => one.dataset.testid.slice(4)));
        assert.ok(names.length >= 4, `${names}`);
        for (const name of [...names, 'profile']) {
          await ui.open(name);
          faults.push(...(await looked(page, `${name}`, inspect)));
          await page.setViewportSize(PHONE);
          faults.push(...(await narrow(page, name)));
          if (inspect) await shoot(page, `phone-${name}.${language}`);
          await page.setViewportSize({ width: 1440, height: 900 });
        }
        assert.equal(await ui.language(), language);
        assert.deepEqual(faults, []);
        assert.deepEqual(complaints, []);
      } finally {
        await context.close();
      }
    });
  });
}

async function looked(page, name, inspect) {
  const faults = [];
  const text = await page.locator('main').innerText();
  const raw = text.match(UNTRANSLATED);
  if (raw) faults.push(`${name}: untranslated ${raw[0]}`);
  if (inspect) {
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
    for (const { id, impact, nodes } of violations) {
      if (['serious', 'critical'].includes(impact)) {
        faults.push(`${name}: ${impact} ${id}: ${nodes.slice(0, 3).map(({ html }) => html.slice(0, 160)).join(' | ')}`);
      }
    }
  }
  return faults;
}

async function narrow(page, name) {
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  return width > PHONE.width ? [`${name}: ${width} px wide on a phone`] : [];
}

describe('the console without a mouse', () => {
  it('goes to pages, finds things and never sends a secret', async () => {
    const { page, context, complaints } = await open(browser, 'en');
    const asked = [];
    page.on('request', (request) => asked.push(request.url()));
    const ui = new Console(page);
    try {
      await ui.login(people.admin);
      // The two keys belong together only when the page takes them soon after each other.
      await ui.settled();
      await page.keyboard.press('g');
      await page.keyboard.press('m');
      await page.waitForURL(/\/models/);
      await page.keyboard.press('Control+k');
      await ui.at('palette-input').fill('gpt-4o');
      await ui.at('palette-entry').filter({ hasText: 'gpt-4o' }).first().waitFor();
      await ui.at('palette-input').fill('audit log');
      await page.keyboard.press('Enter');
      await page.waitForURL(/\/audit/);
      await page.keyboard.press('Control+k');
      const request = 'req_01k9zzzzzzzzzzzzzzzzzzzzzz';
      await ui.at('palette-input').fill(request);
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await page.waitForURL(new RegExp(`/audit\\?request_id=${request}`));
      const secret = `sk-${'7Kq'.repeat(17).slice(0, 50)}`;
      await page.keyboard.press('Control+k');
      await ui.at('palette-input').fill(secret);
      await page.waitForTimeout(600);
      assert.ok(!asked.some((url) => url.includes(secret.slice(12))), 'a pasted key was sent');
      await page.keyboard.press('Escape');
      await ui.at('palette').waitFor({ state: 'hidden' });
      assert.deepEqual(complaints, []);
    } finally {
      await context.close();
    }
  });
});

describe('the pages of the system', () => {
  it('find what the services log and follow it live', async () => {
    const admin = await Management.login();
    const { page, context, complaints } = await open(browser, 'en');
    const ui = new Console(page);
    try {
      await ui.login(people.admin);
      await ui.open('logs');
      await ui.at('log-tail').click();
      await ui.at('log-tail-state').filter({ hasText: 'Following' }).waitFor();
      const nowhere = unique('mdl_nowhere').replace('-', '_');
      const answer = await admin.request('GET', `models/${nowhere}`);
      assert.equal(answer.status, 404);
      const id = answer.headers['x-request-id'];
      const line = ui.at('log-line').filter({ hasText: `${nowhere} 404` }).first();
      await line.waitFor();
      await line.getByRole('button').first().click();
      assert.match(await ui.at('log-detail').innerText(), new RegExp(id));
      await ui.at('log-tail').click();
      // What is told live is told before it can be searched.
      await eventually('the line is found', async () =>
        (await admin.get(`system/logs?request_id=${id}`)).data.some(({ message }) => message.includes(`${nowhere} 404`)), { within: 30_000 });
      await page.goto(`/system/logs?request_id=${id}`);
      await ui.at('log-line').filter({ hasText: `${nowhere} 404` }).first().waitFor();
      await ui.open('health');
      for (const part of ['proxy-service', 'command-service', 'query-service', 'postgres', 'kafka', 'search', 'users', 'log_search']) {
        await ui.at(`health-${part}`).and(page.locator('[data-state="up"]')).waitFor();
      }
      await shoot(page, 'health.en');
      assert.deepEqual(complaints, []);
    } finally {
      await context.close();
    }
  });
});
