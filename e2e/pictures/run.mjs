// Pictures of every page of a running stack, wide and narrow, light and dark, for somebody to look at one by one; a set of them for
// the documents. To be worth looking at, the stack holds a busy month (month/run.mjs).
//   PLATFORM_PORT_OFFSET=0 node pictures/run.mjs [--documents] [--chinese] [part of a name]
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { launch, open } from '../lib/browser.mjs';
import { Console } from '../lib/console.mjs';
import { demo } from '../lib/env.mjs';
import { Management } from '../lib/management.mjs';

const WAYS = [
  { way: 'wide-light', theme: 'light', viewport: { width: 1440, height: 900 } },
  { way: 'wide-dark', theme: 'dark', viewport: { width: 1440, height: 900 } },
  { way: 'huge-light', theme: 'light', viewport: { width: 2560, height: 1300 } },
  { way: 'phone-light', theme: 'light', viewport: { width: 360, height: 780 } },
  { way: 'phone-dark', theme: 'dark', viewport: { width: 360, height: 780 } },
];
const TALLEST = 1_600;

const language = process.argv.includes('--chinese') ? 'zh-CN' : 'en';
const suffix = language === 'en' ? '' : `.${language}`;
const documents = process.argv.includes('--documents');
const wanted = process.argv.slice(2).find((argument) => !argument.startsWith('--')) ?? '';
const folder = fileURLToPath(new URL(documents ? '../../docs/screenshots/' : '../screenshots/pages/', import.meta.url));

const admin = await Management.login();
const first = async (path) => (await admin.get(path)).data[0];
const key = await first('api-keys?q=query-rewriter');
const model = await first('models?q=gpt-5.1');
const team = await first('teams?q=Payments');
const user = await first('users?q=priya');
const provider = await first('providers?q=OpenAI');
const call = (await first(`usage/requests?model=${model.name}&outcome=completed`)).request_id;
const change = await first('audit/events?type=model.ModelCreated');
const week = new Date(Date.now() - 7 * 86_400_000).toISOString();

/** Name, path, what to press before, and the way in which the documents show it. */
const PAGES = [
  ['dashboard', '/?range=30d', null, 'wide-light'],
  ['usage', '/usage?range=7d', null, 'wide-light'],
  ['usage-request', `/usage?range=30d&request_id=${call}&open=${call}`, null, 'wide-dark'],
  ['usage-breakdown', '/usage/breakdown?range=30d', null, 'wide-light'],
  ['usage-heatmap', '/usage/heatmap?range=30d', null, 'wide-dark'],
  ['usage-activity', '/usage/activity?range=30d'],
  ['usage-costs', '/usage/costs?range=30d'],
  ['usage-budgets', '/usage/budgets', null, 'wide-light'],
  ['usage-anomalies', '/usage/anomalies?range=30d'],
  ['playground', '/playground', null, 'wide-light'],
  ['api-keys', '/api-keys', null, 'phone-light'],
  ['api-key', `/api-keys/${key.id}?range=30d`, null, 'wide-light'],
  ['api-key-new', '/api-keys', 'key-create'],
  ['models', '/models', null, 'wide-dark'],
  ['model', `/models/${model.id}?range=30d`],
  ['model-routing', `/models/${model.id}?tab=routing`, null, 'wide-light'],
  ['model-prices', `/models/${model.id}?tab=prices`],
  ['model-new', '/models/new'],
  ['prices', '/prices'],
  ['providers', '/providers'],
  ['provider', `/providers/${provider.id}`],
  ['users', '/users'],
  ['user', `/users/${user.id}?range=30d`],
  ['teams', '/teams', null, 'phone-dark'],
  ['team', `/teams/${team.id}?range=30d`],
  ['settings', '/settings'],
  ['audit', '/audit', null, 'wide-light'],
  ['audit-event', `/audit?open=${change.id ?? change.position}`],
  ['audit-changes', `/audit/changes?from=${week}`, null, 'wide-dark'],
  ['audit-access', `/audit/access?model_id=${model.id}`],
  ['audit-entity', `/audit/entities/team/${team.id}`],
  ['projections', '/projections', null, 'wide-light'],
  ['logs', '/system/logs', null, 'wide-dark'],
  ['health', '/system/health', null, 'phone-light'],
  ['profile', '/profile'],
  ['not-found', '/nowhere'],
];

mkdirSync(folder, { recursive: true });
const browser = await launch();
try {
  for (const { way, theme, viewport } of WAYS) {
    const pages = PAGES.filter(([name, , , shown]) => name.includes(wanted) && (!documents || shown === way));
    if (pages.length === 0) continue;
    const { page, context, complaints } = await open(browser, language, { theme });
    await page.setViewportSize(viewport);
    const ui = new Console(page);
    if (!documents && 'login'.includes(wanted)) {
      await page.goto('/');
      await ui.at('login-submit').waitFor();
      await picture(page, `login.${way}${suffix}`, viewport);
    }
    await ui.login(demo.admin);
    for (const [name, path, press] of pages) {
      await page.goto(path);
      await ui.settled();
      if (press) await ui.at(press).first().click();
      await picture(page, documents ? `${name}${suffix}` : `${name}.${way}${suffix}`, viewport);
    }
    await context.close();
    complaints.forEach((line) => console.log(`${way}: ${line}`));
  }
} finally {
  await browser.close();
}

async function picture(page, name, viewport) {
  const needed = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ ...viewport, height: Math.min(Math.max(needed, viewport.height), documents ? 1_100 : TALLEST) });
  // Charts come in on their own, when they are in sight.
  await page.waitForTimeout(700);
  await page.screenshot({ path: `${folder}${name}.jpg`, type: 'jpeg', quality: 82, animations: 'disabled' });
  await page.setViewportSize(viewport);
}
