// Debian's Chromium driven by playwright-core; background networking is silenced, so that every request is the page's own.
import { existsSync, mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { env } from './env.mjs';

const screenshots = fileURLToPath(new URL('../screenshots/', import.meta.url));

export function executable() {
  const candidates = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
  const found = candidates.find((path) => path && existsSync(path));
  if (!found) {
    throw new Error('no Chromium found: apt-get install chromium, or set CHROMIUM_PATH');
  }
  return found;
}

export const launch = () =>
  chromium.launch({
    executablePath: executable(),
    args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'],
  });

/** A page of a fresh profile in a language. `complaints` collects errors, failed loads and breaches of the content policy. */
export async function open(browser, locale, { theme = 'light' } = {}) {
  const context = await browser.newContext({
    locale,
    colorScheme: theme,
    reducedMotion: 'reduce',
    viewport: { width: 1440, height: 900 },
    baseURL: env.console,
  });
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: env.console });
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) =>
      console.error(`content policy: ${event.violatedDirective} ${event.blockedURI}`),
    );
  });
  const page = await context.newPage();
  const complaints = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) {
      complaints.push(`${message.type()}: ${message.text()} (${message.location().url})`);
    }
  });
  page.on('pageerror', (error) => complaints.push(`uncaught: ${error.stack ?? error}`));
  page.on('requestfailed', (request) => {
    // A page that is left cancels what it was still loading.
    if (request.failure()?.errorText !== 'net::ERR_ABORTED') {
      complaints.push(`failed: ${request.method()} ${request.url()} ${request.failure()?.errorText}`);
    }
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(env.console) && /^(https?|wss?):/.test(request.url())) {
      complaints.push(`foreign origin: ${request.url()}`);
    }
  });
  page.setDefaultTimeout(30_000);
  return { page, context, complaints };
}

/** Saves a picture of the page, long lists cut, in the ignored folder `screenshots`. */
export async function shoot(page, name) {
  mkdirSync(screenshots, { recursive: true });
  await page.locator('.el-message').last().waitFor({ state: 'detached' });
  const usual = page.viewportSize();
  const needed = await page.evaluate(() => document.documentElement.scrollHeight);
  // A taller window, not a stitched picture: the side bar reaches down as it does on a screen.
  await page.setViewportSize({ ...usual, height: Math.min(Math.max(needed, usual.height), 1_600) });
  await page.screenshot({ path: `${screenshots}${name}.png`, animations: 'disabled' });
  await page.setViewportSize(usual);
}
