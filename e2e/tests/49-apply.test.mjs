// A company's setup from a file: told before it is done, done once, the same again changes nothing.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { ask, post } from '../lib/chat.mjs';
import { demo } from '../lib/env.mjs';
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
    assert.match(dry.out, /6 would change, 0 as they are/);
    assert.equal(await id('teams', stem), undefined);
  });

  it('wants a place for new keys before it does anything', async () => {
    const refused = await apply(own(example));
    assert.equal(refused.code, 2);
    assert.match(refused.err, /--keys-file is needed: 2 new API keys/);
    assert.equal(await id('teams', stem), undefined);
  });

  it('sets up team, user, provider, model and two keys that work, and then has nothing more to do', async () => {
    const first = await apply(own(example), '--keys-file', keysFile);
    assert.equal(first.code, 0, first.out + first.err);
    assert.match(first.out, /6 changed, 0 as they are/);
    assert.equal(statSync(keysFile).mode & 0o777, 0o600);
    const keys = readFileSync(keysFile, 'utf8').match(/sk-\S+/g);
    keys.forEach(remember);
    assert.equal(keys.length, 2);
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
    assert.match(second.out, /^0 changed, 6 as they are/);
  });

  it('edits what is otherwise, disables what is not listed only when asked to, and tells who did it', async () => {
    const text = own(example)
      .replace('concurrency: 20', 'concurrency: 30')
      .replace(/ {2}- name: batch[\s\S]*$/, '');
    const kept = await apply(text);
    assert.equal(kept.code, 0, kept.out + kept.err);
    assert.match(kept.out, /~ team .*\n {4}limits: .*20.* → .*30/);
    assert.match(kept.out, /1 changed, 4 as they are/);

    const onlyKeys = `version: 1\n${text.slice(text.indexOf('api_keys:'))}`;
    const pruned = await apply(onlyKeys, '--prune');
    assert.equal(pruned.code, 0, pruned.out + pruned.err);
    assert.match(pruned.out, new RegExp(`- API key batch of ${stem}-bot: disable, not in the file\\n1 changed, 1 as`));

    const team = await id('teams', stem);
    const entry = await eventually('the audit entry', async () =>
      (await admin.get(`audit/events?entity_id=${team}&type=team.TeamEdited`)).data[0],
    );
    assert.equal(entry.value.reason, 'platform apply');
    assert.deepEqual(entry.value.changes, [{ field: 'limits.concurrency', before: 20, after: 30 }]);
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
