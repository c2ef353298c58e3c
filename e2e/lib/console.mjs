// The console as a person uses it: one method per thing to do, by the pages' data-testid.
import assert from 'node:assert/strict';
import { eventually } from './wait.mjs';
import { written } from './written.mjs';

/** The live stream has no end: a page that shows it would never be idle to the browser. */
const ENDLESS = /\/api\/admin\/v1\/live(\?|$)/;
const QUIET_MS = 500;

export class Console {
  #underWay = new Set();
  #changedAt = performance.now();

  constructor(page) {
    this.page = page;
    const over = (request) => this.#underWay.delete(request) && (this.#changedAt = performance.now());
    page.on('request', (request) => {
      if (!ENDLESS.test(request.url())) {
        this.#underWay.add(request);
        this.#changedAt = performance.now();
      }
    });
    page.on('requestfinished', over);
    page.on('requestfailed', over);
    page.on('response', (response) => written.remember(response.headers()['x-consistency-token']));
  }

  /** Waits until nothing was asked for and nothing has come for a moment. */
  quiet() {
    this.#changedAt = performance.now();
    const still = () => this.#underWay.size === 0 && performance.now() - this.#changedAt > QUIET_MS;
    return eventually(`${this.page.url()} is quiet`, async () => still() && (await this.#rested()) && still(), { within: 60_000 });
  }

  /** A page that is busy may be about to ask for more: it has been silent only since it had time for nothing. */
  async #rested() {
    await this.page.evaluate((timeout) => new Promise((done) => requestIdleCallback(() => done(), { timeout })), QUIET_MS);
    return true;
  }

  at(testid) {
    return this.page.getByTestId(testid);
  }

  /** From the login page, wherever that leads. */
  async enter({ username, password }) {
    await this.at('login-username').fill(username);
    await this.at('login-password').fill(password);
    await this.at('login-submit').click();
  }

  async login(account) {
    await this.page.goto('/');
    await this.enter(account);
    await this.at('dashboard-requests').waitFor();
  }

  /** Goes to a page and waits until it has loaded what it shows. */
  async open(name) {
    if (name === 'profile') {
      await this.at('user-menu').click();
    }
    await this.at(`nav-${name}`).click();
    await this.page.waitForURL(name === 'dashboard' ? /\/(\?.*)?$/ : new RegExp(`/${name}(\\?|$)`));
    await this.settled();
  }

  /** Nothing is loading any more, and nothing says that it is. */
  async settled() {
    await this.quiet();
    await this.page.waitForFunction(() => !document.querySelector('main [aria-busy="true"], main [data-testid$="-loading"]'));
    assert.equal(await this.at('error-state').count(), 0, `${this.page.url()} shows an error`);
  }

  /** @returns {Promise<{id: string, key: string}>} what the console shows once */
  async createKey(name, whileShown = async () => {}) {
    await this.at('key-create').first().click();
    await this.at('key-name').fill(name);
    await this.at('key-create-submit').click();
    const key = (await this.at('key-value').textContent()).trim();
    await this.at('key-copy').click();
    // Copying takes a moment; until then the clipboard holds what was copied before.
    await eventually('the key is in the clipboard', async () => (await this.page.evaluate(() => navigator.clipboard.readText())) === key);
    await whileShown();
    await this.at('key-done').click();
    await this.at('key-value').waitFor({ state: 'hidden' });
    const testid = await this.row(name).getAttribute('data-testid');
    return { id: testid.replace('key-row-', ''), key };
  }

  row(text) {
    return this.page.locator('[data-testid^="key-row-"]').filter({ hasText: text });
  }

  async revokeKey(name) {
    await this.row(name).getByTestId('key-revoke').click();
    await this.at('confirm-ok').click();
    await this.row(name).locator('[data-status="revoked"]').waitFor();
  }

  /** Sends a message and answers what was streamed, and how often the answer grew. */
  async chat(model, text) {
    await this.at('playground-model').getByRole('combobox').click();
    await this.page.getByRole('option', { name: model, exact: true }).click();
    await this.at('playground-input').fill(text);
    await this.page.evaluate(() => {
      const seen = (globalThis.answerLengths = new Set());
      const look = () => seen.add(document.querySelector('[data-testid="playground-answer"]')?.textContent.length ?? 0);
      new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
    });
    await this.at('playground-send').click();
    await this.page.locator('[data-testid="playground-answer"][data-state="done"]').waitFor();
    const link = await this.at('playground-request').last().getAttribute('href');
    return {
      text: await this.at('playground-answer').textContent(),
      growths: await this.page.evaluate(() => globalThis.answerLengths.size),
      requestId: new URL(link, 'http://x').searchParams.get('request_id'),
      tokens: (await this.at('playground-tokens').last().textContent()).match(/\d+/g).map(Number),
    };
  }

  /** The exact number behind the compact one. */
  async requestsShown() {
    const exact = await this.at('dashboard-requests').locator('[data-value]').getAttribute('title');
    return Number(exact.replace(/\D/g, ''));
  }

  /** A second press would cancel the first: waits until what was asked for is shown. */
  async refreshDashboard() {
    await this.at('dashboard-refresh').click();
    await this.at('dashboard-refresh').locator('.animate-spin').waitFor({ state: 'detached' });
  }

  async searchAudit(text) {
    await this.at('audit-search').fill(text);
    // The list before the search may have the row too; what is opened in it would be another's.
    await this.page.waitForURL((url) => url.searchParams.get('q') === text);
    await this.settled();
    const row = this.at('audit-row').filter({ hasText: text }).first();
    await row.waitFor();
    return row;
  }

  language() {
    return this.page.evaluate(() => document.documentElement.lang);
  }
}
