// The two commands about keys: find-keys in files that leaked, rotate-kek under a stack that goes on serving.
import { LLMock } from '@copilotkit/aimock';
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { ask, post } from '../lib/chat.mjs';
import { env } from '../lib/env.mjs';
import { createModel, issueKey, secret } from '../lib/fixtures.mjs';
import { Management } from '../lib/management.mjs';
import { platform, script } from '../lib/platform.mjs';
import { eventually } from '../lib/wait.mjs';

const folder = mkdtempSync(join(tmpdir(), 'keys-'));
const providerKey = secret('upstream-key');
let admin;
let issued;
let upstream;

before(async () => {
  upstream = new LLMock({ port: 0, auth: { apiKeys: [providerKey] } });
  upstream.onMessage('who', { content: 'me' });
  await upstream.start();
  admin = await Management.login();
  issued = await issueKey(admin);
});

after(async () => {
  rmSync(folder, { recursive: true });
  await upstream?.stop();
});

function findKeys(...paths) {
  return new Promise((resolve, reject) => {
    const child = spawn(script, ['find-keys', ...paths], { stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    child.stdout.on('data', (part) => (out += part));
    child.stderr.on('data', (part) => (out += part));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out }));
  });
}

describe('./platform find-keys', () => {
  it('tells file, line and the public part of a key that leaked, and nothing else', async () => {
    const last = issued.key.at(-1) === 'A' ? 'B' : 'A';
    mkdirSync(join(folder, 'inner'));
    writeFileSync(join(folder, 'inner', 'notes.txt'), `one\ntwo key="${issued.key}"\n`);
    writeFileSync(join(folder, 'other.txt'), `${issued.key.slice(0, -1)}${last} has another checksum, sk-short is none\n`);

    const leaked = await findKeys(folder);
    assert.equal(leaked.code, 1, leaked.out);
    assert.match(leaked.out, /notes\.txt:2: sk-\S+…\n1 found/);
    assert.ok(!leaked.out.includes(issued.key) && !leaked.out.includes('other.txt'), leaked.out);
    const { data } = await admin.get(`api-keys?user_id=${admin.user.id}&limit=500`);
    assert.ok(leaked.out.includes(`${data.find(({ id }) => id === issued.id).prefix}…`), 'the part by which the console shows it');

    const clean = await findKeys(join(folder, 'other.txt'));
    assert.deepEqual([clean.code, clean.out.trim()], [0, '0 found']);
    assert.equal((await findKeys(join(folder, 'nowhere'))).code, 2);
  });
});

describe('./platform rotate-kek', () => {
  it('makes a new version, rewraps every secret, forgets the former key, and providers go on', { timeout: 120_000 }, async (t) => {
    const model = await createModel(admin, issued.key, { type: 'openai-compatible', base_url: `${upstream.url}/v1`, api_key: providerKey });
    const answers = () => post(issued.key, { model: model.name, messages: ask('who') });
    assert.equal((await answers()).status, 200);
    const before = kept();

    const { ms, output } = await platform('rotate-kek');
    t.diagnostic(`rotate-kek took ${ms} ms`);

    const now = kept();
    const version = Number(before.KEY_ENCRYPTION_KEY_VERSION ?? 1) + 1;
    assert.equal(now.KEY_ENCRYPTION_KEY_VERSION, String(version));
    assert.notEqual(now.KEY_ENCRYPTION_KEY, before.KEY_ENCRYPTION_KEY);
    assert.equal(now.KEY_ENCRYPTION_KEY_PREVIOUS, undefined);
    assert.ok(![before, now].some(({ KEY_ENCRYPTION_KEY: key }) => output.includes(key)), 'a key was printed');
    assert.match(output, new RegExp(`"key_version":${version}`));

    // The gateway holds both keys until it is started again; without the former one it must open what was rewrapped.
    await platform('stop', 'proxy-service');
    await platform('start', 'proxy-service');
    const { value } = await eventually('the provider answers', async () => {
      const answer = await answers();
      return answer.status === 200 && answer;
    });
    assert.equal(value.json.choices[0].message.content, 'me');
    const entry = await eventually('the audit entry', async () =>
      (await admin.get(`audit/events?entity_id=${model.providerId}&type=provider.ProviderSecretRewrapped`)).data[0],
    );
    assert.equal(entry.value.actor.name, 'admin');
    assert.ok(!JSON.stringify(entry.value).includes('wrapped_key'));
  });
});

/** The stack's own secrets. */
const kept = () =>
  Object.fromEntries(
    readFileSync(join(env.data, 'secrets.env'), 'utf8')
      .split('\n')
      .filter((line) => line.includes('='))
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
