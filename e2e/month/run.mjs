// Fills a running stack with a busy month of a company that does not exist, to look at the console with: its people, teams, models
// and keys by `./platform apply`, its requests as usage records in the topic, from where the projections take them.
//   PLATFORM_DATA=… PLATFORM_PORT_OFFSET=0 node month/run.mjs [requests, 120000 unless told]
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { demo, env } from '../lib/env.mjs';
import { produce } from '../lib/kafka.mjs';
import { Management } from '../lib/management.mjs';
import { script } from '../lib/platform.mjs';
import { eventually } from '../lib/wait.mjs';
import { company, MODELS, staff } from './company.mjs';
import { month } from './traffic.mjs';

const DAYS = 31;
const BATCH = 800;
const PARTITIONS = 4;

const count = Number(process.argv[2] ?? 120_000);
const now = Date.now();
const admin = await Management.login();

const folder = mkdtempSync(join(tmpdir(), 'month-'));
try {
  const file = join(folder, 'company.yaml');
  writeFileSync(file, company(now));
  execFileSync(script, ['apply', '-f', file, '--user', demo.admin.username, '--keys-file', join(folder, 'keys.yaml')], {
    stdio: 'inherit',
    env: { ...process.env, PLATFORM_PASSWORD: demo.admin.password, MONTH_PASSWORD: `m-${randomBytes(12).toString('base64url')}` },
  });
} finally {
  rmSync(folder, { recursive: true });
}

const models = new Map((await all('models')).filter(({ name }) => MODELS.some((one) => one.name === name)).map((model) => [model.name, model]));
const callers = await callersOf();
let written = 0;
let batch = [];
for (const record of month({ models, callers, from: now - DAYS * 86_400_000, to: now, count })) {
  batch.push(record);
  if (batch.length === BATCH) await flush();
}
await flush();
console.log(`${written} requests of ${callers.length} callers are in usage.v1`);
await eventually('the read models have them', async () => (await admin.get('usage/summary?from=' + since())).requests >= written, {
  within: 600_000,
  every: 1_000,
});

async function flush() {
  await produce('usage.v1', Math.floor(written / BATCH) % PARTITIONS, batch.map((record) => [record.request_id, JSON.stringify(record)]));
  written += batch.length;
  batch = [];
}

function since() {
  return new Date(now - (DAYS + 1) * 86_400_000).toISOString();
}

async function all(path) {
  const found = [];
  for (let cursor; ; ) {
    const page = await admin.get(`${path}?limit=200${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`);
    found.push(...page.data);
    cursor = page.next_cursor;
    if (!cursor) return found;
  }
}

/** Keys of services ask most, some people much, most a little; people also use the playground. */
async function callersOf() {
  const users = new Map((await all('users')).map((user) => [user.id, user]));
  const ours = new Set(staff.map(({ username }) => username));
  const keys = await all('api-keys');
  const byKey = keys
    .filter((key) => key.name.endsWith(' production') || key.name.endsWith(' staging') || ours.has(users.get(key.user_id)?.username))
    .sort((one, other) => one.name.localeCompare(other.name))
    .map((key, index) => ({
      api_key_id: key.id,
      user_id: key.user_id,
      team_id: key.team_id ?? users.get(key.user_id)?.team_id,
      home: index,
      weight: key.name.endsWith(' production') ? 60 / (1 + (index % 5)) : key.name.endsWith(' staging') ? 4 : 12 / (1 + (index % 9)),
    }));
  const people = [...users.values()]
    .filter(({ username, role }) => ours.has(username) && role !== 'auditor')
    .map((user, index) => ({ user_id: user.id, team_id: user.team_id, home: index, weight: 1.5 / (1 + (index % 7)) }));
  return [...byKey, ...people].sort((one, other) => other.weight - one.weight);
}
