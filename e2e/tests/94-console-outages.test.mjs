// Each piece behind the gateway stopped in turn while somebody looks: the console says what is wrong and what still works, and is
// well again by itself when the piece is back, without a press or a reload.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { launch, open, shoot } from '../lib/browser.mjs';
import { Console } from '../lib/console.mjs';
import { demo } from '../lib/env.mjs';
import { platform } from '../lib/platform.mjs';

/** What shows as down, what is said to work without it, and which page fails meanwhile. */
const PIECES = [
  { piece: 'search', says: 'catch up by themselves', page: 'audit' },
  { piece: 'query-service', says: 'completions and changes go on', page: 'users' },
  { piece: 'command-service', says: 'completions, lists and analytics go on' },
  { piece: 'kafka', says: 'Completions go on', page: 'audit' },
  { piece: 'postgres', says: 'lose no usage record', page: 'models' },
];
const BACK = 90_000;

let browser;
let ui;
let page;

before(async () => {
  browser = await launch();
  ({ page } = await open(browser, 'en'));
  ui = new Console(page);
  await ui.login(demo.admin);
});

after(async () => {
  await browser?.close();
  await platform('up');
});

for (const { piece, says, page: failing } of PIECES) {
  describe(`${piece} away`, () => {
    it('is told, with what still works, and recovers by itself', async () => {
      const other = failing && (await page.context().newPage());
      const away = other && new Console(other);
      await other?.goto('/profile');
      await ui.open('health');
      await ui.at(`health-${piece}`).and(page.locator('[data-state="up"]')).waitFor({ timeout: BACK });
      await platform('stop', piece);
      try {
        const card = ui.at(`health-${piece}`).and(page.locator('[data-state="down"]'));
        await card.waitFor({ timeout: 30_000 });
        assert.match(await card.innerText(), new RegExp(says));
        assert.equal(await ui.at('health-overall').getAttribute('data-state'), 'down');
        await shoot(page, `away-${piece}.en`);
        if (other) {
          // A page that is gone to while it is away.
          await away.at(`nav-${failing}`).click();
          await away.at('error-state').waitFor({ timeout: 30_000 });
          assert.match(await away.at('error-state').innerText(), /Cannot be reached right now/);
        }
      } finally {
        await platform('start', piece);
      }
      await ui.at(`health-${piece}`).and(page.locator('[data-state="up"]')).waitFor({ timeout: BACK });
      if (other) {
        await away.at('error-state').waitFor({ state: 'detached', timeout: BACK });
        await other.close();
      }
    });
  });
}
