// A browser of one person, with the words by which the tests of the console's pages work on them.
import assert from 'node:assert/strict';
import { open } from './browser.mjs';
import { Console } from './console.mjs';
import { eventually } from './wait.mjs';

/** The newest entry of that type about a thing, once it is in the audit log. */
export async function newestEntry(admin, id, type) {
  const { value } = await eventually(`${type} of ${id} in the audit log`, async () =>
    (await admin.get(`audit/events?entity_id=${id}&type=${type}`)).data[0],
  );
  return value;
}

/** Asks the API for a thing until it is as wanted. */
export async function becomes(admin, path, wanted) {
  const { value } = await eventually(`${path} as wanted`, async () => {
    const thing = await admin.get(path);
    return wanted(thing) && thing;
  });
  return value;
}

export class Visitor extends Console {
  static async of(browser, account, locale = 'en') {
    const { page, context, complaints } = await open(browser, locale);
    const ui = new Visitor(page);
    Object.assign(ui, { context, complaints });
    await ui.login(account);
    return ui;
  }

  async goto(path) {
    await this.page.goto(path);
    await this.settled();
  }

  async settled() {
    await this.at('detail-loading').waitFor({ state: 'detached' });
    await super.settled();
  }

  /** From a select box that may be searched. */
  async choose(testid, text) {
    await this.at(testid).click();
    const box = this.at(testid).getByRole('combobox');
    if (await box.isEditable()) {
      await box.fill(text);
    }
    await this.page.getByRole('option').filter({ hasText: text, visible: true }).first().click();
  }

  async number(testid, value) {
    const input = this.at(testid).locator('input');
    await input.fill(String(value));
    await input.blur();
  }

  async confirm() {
    await this.at('confirm-ok').click();
    await this.at('confirm-ok').waitFor({ state: 'hidden' });
  }

  async press(testid) {
    await this.at(testid).click();
  }

  /** Nothing but refusals that the test has asked for. */
  async end(expected = /^$/) {
    await this.context.close();
    assert.deepEqual(this.complaints.filter((line) => !expected.test(line)), []);
  }
}
