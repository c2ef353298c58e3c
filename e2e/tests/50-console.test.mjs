// The journey of a person, in a real browser, in both languages. Pictures of every page go to e2e/screenshots.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { launch, open, shoot } from '../lib/browser.mjs';
import { ask, post } from '../lib/chat.mjs';
import { Console } from '../lib/console.mjs';
import { demo } from '../lib/env.mjs';
import { listModels, unique } from '../lib/fixtures.mjs';
import { Management } from '../lib/management.mjs';
import { remember } from '../lib/planted.mjs';
import { eventually } from '../lib/wait.mjs';

const PAGES = ['dashboard', 'usage', 'playground', 'api-keys', 'models', 'providers', 'users', 'audit', 'profile'];
let browser;
let admin;

before(async () => {
  admin = await Management.login();
  browser = await launch();
});

after(() => browser?.close());

for (const language of ['zh-CN', 'en']) {
  describe(`the console in ${language}`, () => {
    let page;
    let ui;
    let complaints;
    let key;
    let called;
    const name = unique('console');

    before(async () => {
      ({ page, complaints } = await open(browser, language));
      ui = new Console(page);
    });

    after(() => page?.context().close());

    it('logs in', async () => {
      await page.goto('/');
      await ui.at('login-submit').waitFor();
      assert.equal(await ui.language(), language);
      await shoot(page, `login.${language}`);
      await ui.login(demo.admin);
    });

    it('creates a key and copies it', async () => {
      await ui.open('api-keys');
      key = await ui.createKey(name, () => shoot(page, `api-key-shown.${language}`));
      remember(key.key);
      assert.match(key.key, /^sk-[0-9A-Za-z]{50}$/);
      await eventually('the key works', async () => (await listModels(key.key)).status === 200);
      assert.ok(!(await page.content()).includes(key.key), 'the key is still in the page');
    });

    it('streams in the playground', async () => {
      await ui.open('playground');
      called = await ui.chat('gpt-4o', language === 'en' ? 'Hello, **world** 🚀' : '你好,世界 🚀');
      assert.ok(called.text.length > 10);
      assert.ok(called.growths > 3, `the answer appeared in ${called.growths} steps: it did not stream`);
      await shoot(page, `playground-answer.${language}`);
    });

    it('shows the calls on the dashboard and among the requests', async () => {
      await ui.open('dashboard');
      const shown = await ui.requestsShown();
      await post(key.key, { model: 'gpt-4o', messages: ask('for the dashboard') });
      await eventually('the dashboard counts it', async () => {
        await ui.refreshDashboard();
        return (await ui.requestsShown()) > shown;
      });
      await ui.open('usage');
      await ui.at(`request-row-${called.requestId}`).waitFor();
      const row = (await admin.get(`usage/requests?request_id=${called.requestId}`)).data[0];
      assert.deepEqual([row.prompt_tokens, row.completion_tokens], called.tokens);
      assert.deepEqual([row.username, row.api_key_id], ['admin', undefined], 'the playground calls with the login');
    });

    it("shows the key's creation in the audit log", async () => {
      await ui.open('audit');
      const row = await ui.searchAudit(name);
      assert.equal(await row.getAttribute('data-type'), 'api_key.ApiKeyIssued');
      await row.getByRole('button').first().click();
      await row.getByText('127.0.0.1').first().waitFor();
      await shoot(page, `audit-entry.${language}`);
    });

    it('revokes the key', async () => {
      await ui.open('api-keys');
      await ui.revokeKey(name);
      await eventually('refused', async () => (await listModels(key.key)).status === 401);
    });

    for (const one of PAGES) {
      it(`shows ${one}`, async () => {
        await ui.open(one);
        assert.ok((await page.locator('main').innerText()).trim().length > 20);
        await shoot(page, `${one}.${language}`);
      });
    }

    it('keeps no token where a script could find it, and goes on after a reload', async () => {
      await ui.open('profile');
      await ui.at('session-current').waitFor();
      const stored = await page.evaluate(() => JSON.stringify([localStorage, sessionStorage, document.cookie]));
      assert.doesNotMatch(stored, /eyJ|rt_/);
      await page.reload();
      await ui.at('session-current').waitFor();
      await ui.settled();
    });

    it('switches the language and back', async () => {
      const before = await page.locator('nav').first().innerText();
      await ui.at('lang-switch').click();
      await eventually('another language', async () => (await ui.language()) !== language);
      await eventually('its words', async () => (await page.locator('nav').first().innerText()) !== before);
      await ui.at('lang-switch').click();
      await eventually('the first one', async () => (await ui.language()) === language);
    });

    it('refuses a wrong password with a sentence, not an error', async () => {
      const stranger = await open(browser, language);
      await stranger.page.goto('/');
      const door = new Console(stranger.page);
      await door.enter({ ...demo.user, password: 'wrong-password' });
      assert.ok((await door.at('login-error').textContent()).trim().length > 5);
      await shoot(stranger.page, `login-refused.${language}`);
      await stranger.context.close();
    });

    it('had no console error, no breach of the content policy, no foreign origin', () => {
      assert.deepEqual(complaints, []);
    });
  });
}

describe('the console of a member', () => {
  it('offers no page that is not theirs, and says so on the ones they type', async () => {
    const { page, complaints, context } = await open(browser, 'en');
    const ui = new Console(page);
    await ui.login(demo.user);
    for (const closed of ['providers', 'users', 'audit']) {
      assert.equal(await ui.at(`nav-${closed}`).count(), 0);
    }
    await shoot(page, 'dashboard-member.en');
    await page.goto('/audit');
    await ui.at('denied').waitFor();
    await shoot(page, 'denied.en');
    assert.deepEqual(complaints, []);
    await context.close();
  });
});
