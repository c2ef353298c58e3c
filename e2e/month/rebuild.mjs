// Builds the usage projection anew while calls come in and a client polls: how fast, and whether the client sees any of it. To be run
// on a stack that holds many requests: `node month/run.mjs 1000000` first.
//   PLATFORM_PORT_OFFSET=0 node month/rebuild.mjs [calls a second, 20 unless told]
import { setTimeout as pause } from 'node:timers/promises';
import { ask, post } from '../lib/chat.mjs';
import { createModel, issueKey, unique } from '../lib/fixtures.mjs';
import { Management } from '../lib/management.mjs';
import { eventually } from '../lib/wait.mjs';

const POLL_MS = 100;
const SINCE = new Date(Date.now() - 40 * 86_400_000).toISOString();

const rate = Number(process.argv[2] ?? 20);
const admin = await Management.login();
const key = await issueKey(admin, { user_id: admin.user.id });
const model = await createModel(admin, key.key, { type: 'mock', base_url: 'mock:?first_token_ms=1&token_ms=0' }, { name: unique('rebuild') });
const summary = () => admin.request('GET', `usage/summary?from=${SINCE}`);
const projection = () => admin.get('projections/usage');

const before = (await summary()).json.requests;
const { live, building: former } = await projection();
let going = true;
const calls = { made: 0, failed: 0 };
const polls = { made: 0, failed: 0, fell: 0, times: [] };

async function traffic() {
  while (going) {
    const next = performance.now() + 1_000 / rate;
    calls.made++;
    post(key.key, { model: model.name, messages: ask('under way'), max_tokens: 5 }).then(
      ({ status }) => status === 200 || calls.failed++,
      () => calls.failed++,
    );
    await pause(Math.max(0, next - performance.now()));
  }
}

async function poll() {
  let seen = 0;
  while (going) {
    const at = performance.now();
    const answer = await summary().catch((error) => ({ status: error.message }));
    polls.times.push(performance.now() - at);
    polls.made++;
    if (answer.status !== 200) {
      polls.failed++;
      console.log(`poll: ${answer.status} ${answer.text ?? ''}`);
    } else {
      if (answer.json.requests < seen) {
        polls.fell++;
        console.log(`poll: ${answer.json.requests} after ${seen}`);
      }
      seen = answer.json.requests;
    }
    await pause(POLL_MS);
  }
}

const busy = [traffic(), poll()];
await pause(5_000);
await admin.write('POST', 'projections/usage/rebuild', { swap: 'when_equal' }, 200);
const from = performance.now();
let caughtUp;
await eventually(
  'the new build is live',
  async () => {
    const { live: now, building } = await projection();
    const isOurs = building && building.build !== former?.build;
    if (isOurs && building.caught_up_at && !caughtUp) caughtUp = performance.now();
    const shown = isOurs && `${building.state} ${building.records ?? ''} ${building.records_per_second ?? ''}`;
    if (shown) process.stdout.write(`\r${shown}          `);
    return now.build > live.build;
  },
  { within: 600_000, every: 500 },
);
const swapped = performance.now();
await pause(5_000);
going = false;
await Promise.all(busy);
const after = await eventually('all calls are counted', async () => (await summary()).json.requests === before + calls.made - calls.failed, { within: 30_000 }).then(
  () => 'all there',
  (error) => error.message,
);
const sorted = polls.times.toSorted((a, b) => a - b);
const seconds = ((caughtUp ?? swapped) - from) / 1_000;
console.log(`
${before} requests rebuilt in ${seconds.toFixed(1)} s: ${Math.round(before / seconds)}/s; swapped after ${((swapped - from) / 1_000).toFixed(1)} s
${calls.made} calls meanwhile, ${calls.failed} failed; after the swap: ${after}
${polls.made} polls, ${polls.failed} failed, ${polls.fell} fell back; median ${sorted[sorted.length >> 1].toFixed(0)} ms, p99 ${sorted[Math.floor(sorted.length * 0.99)].toFixed(0)} ms, slowest ${sorted.at(-1).toFixed(0)} ms`);
