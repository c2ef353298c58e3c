// A person whose key is destroyed is forgotten: with the read side made anew from the log, nothing that the platform keeps
// tells who it was. Erasing by a command does not exist yet; this does by hand what it will do.
import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import http from 'node:http';
import { after, before, describe, it } from 'node:test';
import { ask } from '../lib/chat.mjs';
import { close, query } from '../lib/database.mjs';
import { env } from '../lib/env.mjs';
import { Finder } from '../lib/finder.mjs';
import { createUser, issueKey, secret, unique } from '../lib/fixtures.mjs';
import { tombstone } from '../lib/kafka.mjs';
import { Management } from '../lib/management.mjs';
import { places } from '../lib/places.mjs';
import { platform } from '../lib/platform.mjs';
import { drop, indices, requestDocuments } from '../lib/search.mjs';
import { eventually } from '../lib/wait.mjs';

// Deleted rows and documents stay in the stores' own files until those are written anew.
const STORE_FILES = /^file data\/(postgres|search)\//;

/** An address of this machine that nobody else calls from. */
const ADDRESS = `127.${randomInt(16, 250)}.${randomInt(100, 250)}.${randomInt(100, 250)}`;

let admin;
let person;
let model;
let requestId;
const texts = {};

/** As `send`, from that address, with that person's device. */
function from(path, token, body) {
  return new Promise((resolve, reject) => {
    const request = http.request(`${env.gateway}${path}`, {
      method: 'POST',
      localAddress: ADDRESS,
      agent: false,
      headers: {
        'content-type': 'application/json',
        'user-agent': texts.device,
        ...(token ? { authorization: `Bearer ${token}` } : {}),
      },
    });
    request.on('error', reject);
    request.on('response', async (response) => {
      const text = (await Array.fromAsync(response)).join('');
      resolve({ status: response.statusCode, headers: response.headers, json: JSON.parse(text || 'null') });
    });
    request.end(JSON.stringify(body));
  });
}

async function found() {
  const finder = new Finder([ADDRESS, ...Object.values(texts)]);
  const told = new Map();
  for await (const [place, content] of places(admin)) {
    if (!STORE_FILES.test(place)) {
      for (const text of finder.in(content)) {
        told.set(text, [...(told.get(text) ?? []), place]);
      }
    }
  }
  return told;
}

before(async () => {
  admin = await Management.login();
  texts.device = unique('device');
  texts.name = unique('Fullname');
  texts.email = `${unique('mail')}@example.org`;
  person = await createUser(admin);
  texts.username = person.credentials.username;
  await admin.write('PATCH', `users/${person.id}`, { display_name: texts.name, email: texts.email });

  const wrong = await from('/api/admin/v1/auth/login', undefined, { username: texts.username, password: secret('pw') });
  assert.equal(wrong.status, 401);
  const login = await from('/api/admin/v1/auth/login', undefined, person.credentials);
  assert.equal(login.status, 200);
  const own = await from('/api/admin/v1/api-keys', login.json.access_token, { name: unique('own') });
  assert.equal(own.status, 201);
  const refused = await from('/api/admin/v1/users', login.json.access_token, { username: unique('x'), password: secret('pw') });
  assert.equal(refused.status, 403);

  const issued = await issueKey(admin, { user_id: person.id });
  model = 'gpt-4o';
  const answer = await from('/v1/chat/completions', issued.key, { model, messages: ask('hello') });
  assert.equal(answer.status, 200);
  requestId = answer.headers['x-request-id'];
  await eventually('the call is in the rows', async () => (await admin.get(`usage/requests?request_id=${requestId}`)).data[0]);
  await eventually('the call is in the index', async () => (await requestDocuments('request_id', requestId))[0]);
  await eventually('the refusal is in the audit log', async () => {
    const { data } = await admin.get(`audit/events?actor=${person.id}&limit=100`);
    return data.length >= 3;
  });
});

after(async () => {
  await platform('up');
  await close();
});

describe('a person whose key is destroyed', () => {
  it('could be read where people look, and nowhere else', async () => {
    const told = await found();
    const clear = /^(table readmodel\.|index |answer )/;
    for (const [what, text] of Object.entries({ ...texts, address: ADDRESS })) {
      const seen = told.get(text) ?? [];
      assert.ok(seen.some((place) => clear.test(place)), `${what} is nowhere`);
      assert.deepEqual(seen.filter((place) => !clear.test(place)), [], what);
    }
    const [document] = await requestDocuments('request_id', requestId);
    assert.deepEqual([document.ip, document.user_agent], [ADDRESS, texts.device]);
  });

  it('is in nothing any more that is made from the log anew', async () => {
    await query('delete from identity.person_key where subject = $1', [person.id]);
    await tombstone('person-keys.v1', person.id);
    await platform('stop', 'projections');
    await emptyReadSide();
    await platform('start', 'projections');

    await eventually('the person is listed again', async () => (await admin.get(`users/${person.id}`)).id === person.id, { within: 60_000 });
    await eventually('the call is in the rows again', async () => (await admin.get(`usage/requests?request_id=${requestId}`)).data[0], {
      within: 60_000,
    });
    await eventually('the call is in the index again', async () => (await requestDocuments('request_id', requestId))[0], { within: 60_000 });
    await eventually(
      'what the person did is in the audit log again',
      async () => (await admin.get(`audit/events?actor=${person.id}&limit=100`)).data.length >= 3,
      { within: 60_000 },
    );
    assert.deepEqual([...(await found())], []);

    const account = await admin.get(`users/${person.id}`);
    assert.equal(account.username, 'erased');
    const [document] = await requestDocuments('request_id', requestId);
    assert.deepEqual([document.ip, document.user_agent], ['erased', 'erased']);
    const [row] = (await admin.get(`usage/requests?request_id=${requestId}`)).data;
    assert.equal(row.user_id, person.id, 'what it cost is still somebody’s');
  });
});

/** There is no rebuild command yet: all that the projections have made is taken away, their offsets with it. */
async function emptyReadSide() {
  const names = await query(`
    select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'readmodel' and c.relkind in ('r', 'p') and not c.relispartition and c.relname not like '%history'`);
  await query(`truncate ${names.map((row) => row.name).join(', ')}`);
  for (const index of await indices()) {
    await drop(index);
  }
}
