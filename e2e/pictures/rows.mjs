// How the longest list of the console behaves while a reader scrolls it down to its hundred-thousandth row, on a running stack.
//   PLATFORM_PORT_OFFSET=0 node pictures/rows.mjs
import { launch, open } from '../lib/browser.mjs';
import { Console } from '../lib/console.mjs';
import { demo } from '../lib/env.mjs';
import { createUser } from '../lib/fixtures.mjs';
import { Management } from '../lib/management.mjs';
import { eventually } from '../lib/wait.mjs';
import { plant, requestsOf } from '../month/plant.mjs';

const ROWS = 100_000;
const STEP = ROWS / 5;
const JUMPS = 40;
const WEEK = 7 * 86_400_000;

const admin = await Management.login();
const busy = await createUser(admin);
const to = Date.now();
const from = new Date(to - 2 * WEEK).toISOString();
await plant(requestsOf(busy.id, { from: to - WEEK, to, count: ROWS }));
await eventually('all are counted', async () => (await admin.get(`usage/summary?user_id=${busy.id}&from=${from}`)).requests >= ROWS, { within: 300_000, every: 1_000 });

const browser = await launch();
try {
  const { page } = await open(browser, 'en');
  const ui = new Console(page);
  await ui.login(demo.admin);
  await page.goto(`/usage?user_id=${busy.id}&from=${from}`);
  await ui.settled();
  for (let wanted = STEP; wanted <= ROWS; wanted += STEP) {
    const begun = performance.now();
    await page.evaluate(scrollTo, wanted);
    const seconds = (performance.now() - begun) / 1_000;
    const { drawn, p50, p95, megabytes } = await page.evaluate(jump, JUMPS);
    console.log(`${wanted} rows: ${seconds.toFixed(0)} s to scroll ${STEP} further; ${drawn} drawn; a jump is there after ${p50} ms (p95 ${p95} ms); ${megabytes} MB of heap`);
  }
} finally {
  await browser.close();
}

/** Scrolls down as soon as there is more, until so many rows are there. */
async function scrollTo(rows) {
  const height = () => document.documentElement.scrollHeight;
  const one = document.querySelector('tr[data-row]').offsetHeight;
  const frame = () => new Promise(requestAnimationFrame);
  // The last page may be shorter than asked for.
  while (height() < (rows - 100) * one) {
    window.scrollTo(0, height());
    await frame();
  }
}

/** Goes to places all over the list, and waits each time until rows of that place are painted. */
async function jump(times) {
  const frame = () => new Promise(requestAnimationFrame);
  const took = [];
  for (let i = 0; i < times; i++) {
    const top = (document.documentElement.scrollHeight * ((i * 7) % times)) / times;
    const begun = performance.now();
    window.scrollTo(0, top);
    do await frame();
    while (![...document.querySelectorAll('tr[data-row]')].some((row) => row.getBoundingClientRect().bottom > 0 && row.getBoundingClientRect().top < innerHeight));
    await frame();
    took.push(performance.now() - begun);
  }
  took.sort((a, b) => a - b);
  const at = (share) => Math.round(took[Math.floor(took.length * share)]);
  return {
    drawn: document.querySelectorAll('tr[data-row]').length,
    p50: at(0.5),
    p95: at(0.95),
    megabytes: Math.round(performance.memory.usedJSHeapSize / 1_048_576),
  };
}
