// No secret that the suite ever made may stand in any file, topic, table, index or answer. Runs last, over what all other
// tests left behind. The search is believed only because it finds a harmless marker in each place first.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ask, post } from '../lib/chat.mjs';
import { close } from '../lib/database.mjs';
import { Finder } from '../lib/finder.mjs';
import { createModel, createUser, issueKey, secret, unique } from '../lib/fixtures.mjs';
import { Management } from '../lib/management.mjs';
import { places } from '../lib/places.mjs';
import { planted } from '../lib/planted.mjs';
import { documents } from '../lib/search.mjs';
import { eventually } from '../lib/wait.mjs';

let admin;
let marker;
/** What is said of a person: the display name. */
let persona;
/** name of a place → the planted texts that stand there */
const found = new Map();
/** names of places that look like a service that has started writing its log */
const started = [];

before(async () => {
  admin = await Management.login();
  marker = unique('marker');
  persona = unique('Persona');
  const user = await createUser(admin);
  await admin.write('PATCH', `users/${user.id}`, { display_name: persona });
  const person = await Management.login(user.credentials);
  await person.write('POST', 'auth/password', { current_password: user.credentials.password, new_password: secret('pw') }, 200);
  const issued = await issueKey(admin, { name: `${marker}-key` });
  const model = await createModel(
    admin,
    issued.key,
    { type: 'openai-compatible', base_url: 'http://127.0.0.1:9/v1', api_key: secret('upstream-key') },
    { name: marker },
  );
  await admin.write('PATCH', `providers/${model.providerId}`, { api_key: secret('upstream-key') });
  // The upstream is not there: the failure, too, must not tell the provider's key.
  const failed = await post(issued.key, { model: marker, messages: ask(secret('prompt')) });
  assert.equal(failed.status, 502, failed.text);
  // Wrong attempts are what careless code logs.
  const { status } = await admin.request('POST', 'auth/login', { username: user.credentials.username, password: secret('pw') });
  assert.equal(status, 401);
  await admin.request('POST', 'users', { username: unique('refused'), password: secret('pw'), surprise: secret('field') });
  await post(secret('sk'), { model: marker, messages: ask('?') });
  const id = failed.headers['x-request-id'];
  await eventually('the call is in the rows', async () => (await admin.get(`usage/requests?request_id=${id}`)).data[0]);
  await eventually('the call is in the index', async () => (await Array.fromAsync(documents('llm-requests'))).some((one) => one.includes(id)));
  await eventually('the change is in the index', async () => (await admin.get(`audit/events?q=${marker}`)).data.length > 0);
  await look();
});

after(close);

async function look() {
  const finder = new Finder([marker, persona, ...planted()]);
  for await (const [place, content] of places(admin)) {
    found.set(place, finder.in(content));
    if (/Started \w+Application/.test(place.endsWith('.log') ? content.toString() : '')) {
      started.push(place);
    }
  }
}

const where = (text) => [...found].filter(([, texts]) => texts.has(text)).map(([place]) => place);

describe('the search for secrets', () => {
  it('knows a secret in each disguise', () => {
    const value = 'sk-Disguise0123456789';
    const finder = new Finder([value, 'something-else-altogether']);
    const clear = ['', 'a', 'ab', 'abc'].flatMap((head) => ['', 'z', 'zz'].map((tail) => `${head}${value}${tail}`));
    for (const text of clear) {
      for (const encoding of ['utf8', 'hex', 'base64', 'base64url']) {
        assert.deepEqual([...finder.in(Buffer.from(text).toString(encoding))], [value], `${text} as ${encoding}`);
      }
    }
    assert.equal(finder.in('sk-Disguise012345678, sk-Disguise').size, 0);
  });

  it('finds a marker wherever it must be', (t) => {
    const seen = where(marker);
    t.diagnostic(`${found.size} places; the marker is in ${seen.length}: ${seen.filter((one) => !one.startsWith('file')).join(', ')}`);
    const expected = [
      /^table events\./,
      /^table readmodel\./,
      /^topic domain\.v1$/,
      /^topic usage\.v1$/,
      /^topic gateway\.config\.v1$/,
      /^index .*audit/,
      /^index .*request/,
      /^answer api-keys$/,
      /^answer models$/,
      /^answer audit\/events$/,
      /^answer usage\/requests$/,
      /^file .*journal/,
      /^file .*snapshot/,
    ];
    for (const place of expected) {
      assert.ok(seen.some((one) => place.test(one)), `the marker was not found in ${place}, only in ${seen.join(', ')}`);
    }
  });

  it('reads the log of every service', () => {
    for (const service of ['command-service', 'proxy-service', 'projections', 'query-service']) {
      assert.ok(started.some((place) => place.includes(service)), `no log of ${service} in ${started.join(', ')}`);
    }
  });
});

describe('personal data', () => {
  it('stands in clear where people look for it, and nowhere in the log', () => {
    const seen = where(persona);
    for (const place of [/^table readmodel\./, /^index .*audit/, /^answer users$/]) {
      assert.ok(seen.some((one) => place.test(one)), `not found in ${place}, only in ${seen.join(', ')}`);
    }
    assert.deepEqual(seen.filter((one) => /^table events\.|^topic |^file (?!data\/(postgres|search)\/)/.test(one)), []);
  });
});

describe('no secret', () => {
  it('stands anywhere', (t) => {
    const secrets = planted();
    assert.ok(secrets.length > 10, `only ${secrets.length} secrets planted`);
    const leaks = secrets.flatMap((value) => where(value).map((place) => `${value.slice(0, 6)}… in ${place}`));
    t.diagnostic(`${secrets.length} secrets, ${found.size} places`);
    assert.deepEqual(leaks, []);
  });
});
