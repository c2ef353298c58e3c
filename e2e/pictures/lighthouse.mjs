// Lighthouse on login and dashboard of a running stack, as a desktop and as a phone with a slow line, and how much the first load weighs.
// Lighthouse is not among the packages of this suite; it is fetched when it is wanted.
//   PLATFORM_PORT_OFFSET=0 node pictures/lighthouse.mjs
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { executable } from '../lib/browser.mjs';
import { Console } from '../lib/console.mjs';
import { demo, env } from '../lib/env.mjs';
import { eventually } from '../lib/wait.mjs';

const LIGHTHOUSE = 'lighthouse@13.5.0';
const PORT = 39_222;
const ROUNDS = 3;

const folder = mkdtempSync(join(tmpdir(), 'lighthouse-'));
const browser = spawn(
  executable(),
  ['--headless=new', '--no-sandbox', `--remote-debugging-port=${PORT}`, `--user-data-dir=${folder}/profile`, 'about:blank'],
  { stdio: 'ignore' },
);
try {
  await eventually('the browser listens', () => fetch(`http://127.0.0.1:${PORT}/json/version`).then(({ ok }) => ok), { within: 20_000 });
  look('login');
  await logIn();
  look('dashboard');
} finally {
  browser.kill();
  await once(browser, 'exit');
  rmSync(folder, { recursive: true });
}

/** Leaves the session's cookie in the profile, and the browser to Lighthouse alone. */
async function logIn() {
  const connected = await chromium.connectOverCDP(`http://127.0.0.1:${PORT}`);
  const page = await connected.contexts()[0].newPage();
  await page.goto(env.console);
  const ui = new Console(page);
  await ui.enter(demo.admin);
  await ui.at('dashboard-requests').waitFor();
  await page.close();
  await connected.close();
}

function look(name) {
  for (const preset of ['desktop', 'mobile']) {
    const runs = Array.from({ length: ROUNDS }, () => judged(preset)).toSorted((a, b) => a.performance - b.performance);
    const { performance, accessibility, best, bytes, paint } = runs[ROUNDS >> 1];
    console.log(`${name}, ${preset}: performance ${performance}, accessibility ${accessibility}, best practices ${best}; ${paint} to the largest paint, ${bytes} KB over the line`);
  }
}

function judged(preset) {
  const file = join(folder, 'report.json');
  const options = [env.console, `--port=${PORT}`, '--disable-storage-reset', '--quiet', '--output=json', `--output-path=${file}`];
  execFileSync('npx', ['--yes', LIGHTHOUSE, ...options, ...(preset === 'desktop' ? ['--preset=desktop'] : [])], { stdio: ['ignore', 'inherit', 'inherit'] });
  const { categories, audits } = JSON.parse(readFileSync(file, 'utf8'));
  const score = (id) => Math.round(categories[id].score * 100);
  return {
    performance: score('performance'),
    accessibility: score('accessibility'),
    best: score('best-practices'),
    bytes: Math.round(audits['total-byte-weight'].numericValue / 1_024),
    paint: audits['largest-contentful-paint'].displayValue,
  };
}
