// A company's setup from a file: told before it is done, done once, the same again changes nothing.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { ask, post } from '../lib/chat.mjs';
import { demo, env } from '../lib/env.mjs';
import { listModels, secret, unique } from '../lib/fixtures.mjs';
import { Management } from '../lib/management.mjs';
import { remember } from '../lib/planted.mjs';
import { script } from '../lib/platform.mjs';
import { eventually } from '../lib/wait.mjs';

const example = readFileSync(fileURLToPath(new URL('../../infra/examples/platform.yaml', import.meta.url)), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'apply-'));
const keysFile = join(folder, 'keys.yaml');
const stem = unique('apply');
// The example under names of our own, so that it can run again on the same stack.
const own = (text) =>
  text
    .replaceAll('Research provider', `${stem} provider`)
    .replaceAll('research-model', `${stem}-model`)
    .replaceAll('research-bot', `${stem}-bot`)
    .replaceAll('research-lead', `${stem}-lead`)
    .replaceAll('name: Research', `name: ${stem}`)
    .replaceAll('team: Research', `team: ${stem}`);
const password = secret('pw');
let admin;

before(async () => {
  admin = await Management.login();
});

after(() => rmSync(folder, { recursive: true }));

function apply(text, ...options) {
  const file = join(folder, 'platform.yaml');
  writeFileSync(file, text);
  return new Promise((resolve, reject) => {
    const child = spawn(script, ['apply', '-f', file, '--user', demo.admin.username, ...options], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, PLATFORM_PASSWORD: demo.admin.password, RESEARCH_PASSWORD: password },
    });
    let out = '';
    let err = '';
    child.stdout.on('data', (part) => (out += part));
    child.stderr.on('data', (part) => (err += part));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, err }));
  });
}

const id = async (path, name) => (await admin.get(`${path}?q=${encodeURIComponent(name)}`)).data[0]?.id;

describe('./platform apply', () => {
  it('tells and checks in a dry run, and changes nothing', async () => {
    const dry = await apply(own(example), '--dry-run');
    assert.equal(dry.code, 0, dry.out + dry.err);
    assert.match(dry.out, new RegExp(`\\+ team ${stem}\\n\\+ user ${stem}-bot \\(checked once team ${stem} exists\\)`));
    assert.match(dry.out, new RegExp(`\\+ price of model ${stem}-model from 2040-01-01T00:00:00Z: .* \\(checked once model ${stem}-model exists\\)`));
    assert.match(dry.out, /9 would change, 0 as they are/);
    assert.equal(await id('teams', stem), undefined);
  });

  it('wants a place for new keys before it does anything', async () => {
    const refused = await apply(own(example));
    assert.equal(refused.code, 2);
    assert.match(refused.err, /--keys-file is needed: 3 new API keys and 1 invitation can be shown only once/);
    assert.equal(await id('teams', stem), undefined);
  });

  it('sets up team, users, provider, model, price and keys that work, and then has nothing more to do', async () => {
    const first = await apply(own(example), '--keys-file', keysFile);
    assert.equal(first.code, 0, first.out + first.err);
    assert.match(first.out, /9 changed, 0 as they are/);
    assert.equal(statSync(keysFile).mode & 0o777, 0o600);
    const keys = readFileSync(keysFile, 'utf8').match(/sk-\S+/g);
    keys.forEach(remember);
    assert.equal(keys.length, 3);
    assert.ok(!first.out.includes(keys[0]), 'a key was printed');
    for (const key of keys) {
      await eventually('the key works', async () => (await listModels(key)).status === 200);
      const answer = await eventually('the model answers', async () => {
        const tried = await post(key, { model: `${stem}-model`, messages: ask('?') });
        return tried.status === 200 && tried;
      });
      assert.equal(answer.value.status, 200);
    }
    await Management.login({ username: `${stem}-bot`, password });

    const second = await apply(own(example));
    assert.equal(second.code, 0, second.out + second.err);
    assert.match(second.out, /^0 changed, 9 as they are/);
  });

  it('invites who has no password, and issues a key to the team', async () => {
    const text = readFileSync(keysFile, 'utf8');
    const token = text.match(/invitation: \S*#(inv_\S+)/)[1];
    remember(token);
    const accepted = await fetch(`${env.gateway}/api/admin/v1/auth/invitations/accept`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token, password }),
    });
    assert.equal(accepted.status, 200, await accepted.text());
    const lead = await Management.login({ username: `${stem}-lead`, password });
    assert.equal((await lead.get('auth/me')).role, 'manager');
    const [key] = (await admin.get(`api-keys?team_id=${await id('teams', stem)}`)).data.filter(({ name }) => name === 'ci');
    assert.equal(key.kind, 'service');
    assert.ok(text.includes(`id: ${key.id}`));
  });

  it('edits what is otherwise, disables what is not listed only when asked to, and tells who did it', async () => {
    const text = own(example)
      .replace('concurrency: 20', 'concurrency: 30')
      .replace(/ {2}- name: batch[\s\S]*$/, '');
    const kept = await apply(text);
    assert.equal(kept.code, 0, kept.out + kept.err);
    assert.match(kept.out, /~ team .*\n {4}limits: .*20.* → .*30/);
    assert.match(kept.out, /1 changed, 7 as they are/);

    const onlyKeys = `version: 1\n${text.slice(text.indexOf('api_keys:'))}`;
    const pruned = await apply(onlyKeys, '--prune');
    assert.equal(pruned.code, 0, pruned.out + pruned.err);
    assert.match(pruned.out, new RegExp(`- API key batch of ${stem}-bot: disable, not in the file\\n1 changed, 2 as`));

    const team = await id('teams', stem);
    const entry = await eventually('the audit entry', async () =>
      (await admin.get(`audit/events?entity_id=${team}&type=team.TeamEdited`)).data[0],
    );
    assert.equal(entry.value.reason, 'platform apply');
    assert.deepEqual(entry.value.changes, [{ field: 'limits.concurrency', before: 20, after: 30 }]);
  });

  it('corrects a price, adds one, edits settings, and tells what it does', async () => {
    const before = (await admin.get('settings')).max_attempts;
    const other = before === 4 ? 5 : 4;
    const attemptsAre = (value) => eventually(`max_attempts is ${value}`, async () => (await admin.get('settings')).max_attempts === value);
    const text = (attempts) => `version: 1
settings: {max_attempts: ${attempts}}
prices:
  - {model: ${stem}-model, effective_from: 2040-01-01T00:00:00Z, rates: {currency: USD, input: 0.3, output: 1.2, cached_input: 0.1}}
  - {model: ${stem}-model, effective_from: 2041-01-01T00:00:00Z, rates: {currency: EUR, input: 0.3, output: 1}}
  - {model: ${stem}-model, effective_from: 2042-01-01T00:00:00Z, rates: {currency: EUR, input: 0.30, output: 1.0}}`;
    const done = await apply(text(other));
    try {
      assert.equal(done.code, 0, done.out + done.err);
      assert.match(done.out, /~ price of model \S+ from 2040-01-01T00:00:00Z\n {4}rates\.input: 0\.4 → 0\.3\n/);
      assert.match(done.out, /\+ price of model \S+ from 2041-01-01T00:00:00Z: {"currency":"EUR"/);
      assert.match(done.out, /~ settings of the platform\n {4}max_attempts: /);
      assert.match(done.out, /3 changed, 1 as they are/);
      await attemptsAre(other);
      const model = await id('models', `${stem}-model`);
      await eventually('all versions are listed', async () => {
        const { data } = await admin.get(`prices?model_id=${model}`);
        const states = data.filter(({ effective_from: from }) => from.startsWith('204')).map(({ state }) => state);
        return states.sort().join() === 'coming,coming,corrected';
      });
      const again = await apply(text(other));
      assert.match(again.out, /^0 changed, 4 as they are/);
    } finally {
      await apply(`version: 1\nsettings: {max_attempts: ${before ?? null}}`);
    }
    await attemptsAre(before);
  });

  it('reports each failure, goes on with the rest and ends with 1', async () => {
    const failed = await apply(`version: 1
teams: [{name: "${stem} wrong", limits: {concurrency: 0}}, {name: "${stem} right"}]
users: [{username: "${stem}-nobody", team: nowhere, password: {env: NOT_SET_ANYWHERE}}]`);
    assert.equal(failed.code, 1, failed.out + failed.err);
    assert.match(failed.out, /failed: limits\.concurrency: expected/);
    assert.match(failed.out, /failed: (team: there is no team 'nowhere'|password: the environment variable NOT_SET_ANYWHERE)/);
    assert.match(failed.out, /1 changed, 0 as they are, 2 failed/);
    const denied = await apply('version: 1\nteams: [');
    assert.equal(denied.code, 2);
  });
});
