// Logins: how they last, how they end, and that their end is known everywhere within a second.
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { env } from '../lib/env.mjs';
import { createUser, listModels, secret } from '../lib/fixtures.mjs';
import { send } from '../lib/http.mjs';
import { Management } from '../lib/management.mjs';
import { remember } from '../lib/planted.mjs';
import { assertProblem } from '../lib/refusal.mjs';
import { eventually } from '../lib/wait.mjs';

const BOUND = 1_000;
const AUTH = `${env.gateway}/api/admin/v1/auth`;
const DEVICE = 'e2e-device/1.0';
let admin;

before(async () => {
  admin = await Management.login();
});

const post = (path, body, headers = {}) =>
  send(`${AUTH}/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'user-agent': DEVICE, ...headers },
    body: JSON.stringify(body ?? {}),
  });

/** A login by hand: everything that came back. */
async function login(credentials, headers) {
  const answer = await post('login', { ...credentials, refresh_token_in: 'body' }, headers);
  assert.equal(answer.status, 200, answer.text);
  remember(answer.json.access_token);
  remember(answer.json.refresh_token);
  return answer.json;
}

const bearer = (token) => ({ authorization: `Bearer ${token}` });
const commandSide = async (token) => (await send(`${AUTH}/me`, { headers: bearer(token) })).status;
const querySide = async (token) => (await send(`${env.gateway}/api/admin/v1/models`, { headers: bearer(token) })).status;
const gateway = async (token) => (await listModels(token)).status;

async function assertWorks(token) {
  assert.deepEqual([await commandSide(token), await querySide(token), await gateway(token)], [200, 200, 200]);
}

/** Asks all three until none takes the token any more; how long that took. */
async function assertEnded(token, since, t) {
  assert.equal(await commandSide(token), 401, 'the command side knows at once');
  for (const [name, side] of Object.entries({ querySide, gateway })) {
    const { ms } = await eventually(`${name} refuses`, async () => (await side(token)) === 401, { since, every: 20 });
    t.diagnostic(`${name} refuses after ${ms} ms`);
    assert.ok(ms <= BOUND, `${name}: ${ms} ms`);
  }
}

/** The newest entry of the audit log about a session. */
async function audited(id, type) {
  const { value } = await eventually(`${type} of ${id} is in the audit log`, async () => {
    const { data } = await admin.get(`audit/events?entity_type=session&entity_id=${id}`);
    return data.find((event) => event.type === type);
  });
  return value;
}

const field = (event, name) => event.changes.find((change) => change.field === name)?.after;

describe('a login', () => {
  it('is in the audit log with person, address and device', async () => {
    const user = await createUser(admin);
    const { session_id: id } = await login(user.credentials);
    const event = await audited(id, 'session.SessionOpened');
    assert.deepEqual(
      [event.actor.id, event.entity_name, event.ip, event.user_agent],
      [user.id, user.credentials.username, '127.0.0.1', DEVICE],
    );
  });

  it('goes on with a refresh token, and ends everywhere when a copy of an old one is used', async (t) => {
    const { credentials } = await createUser(admin);
    const first = await login(credentials);
    const second = await post('refresh', { refresh_token: first.refresh_token });
    assert.equal(second.status, 200, second.text);
    remember(second.json.refresh_token);
    remember(second.json.access_token);
    assert.equal(second.json.session_id, first.session_id);
    assert.notEqual(second.json.refresh_token, first.refresh_token);
    await assertWorks(second.json.access_token);
    // The grace for lost answers is ten seconds: after it the old token is a copy.
    const reused = await eventually(
      'the old token is refused',
      async () => {
        const answer = await post('refresh', { refresh_token: first.refresh_token }, { 'user-agent': 'e2e-thief/1.0' });
        answer.json.refresh_token && remember(answer.json.refresh_token);
        answer.json.access_token && remember(answer.json.access_token);
        return answer.status === 401 && performance.now();
      },
      { within: 15_000, every: 1_000 },
    );
    await assertEnded(second.json.access_token, reused.value, t);
    assertProblem(await post('refresh', { refresh_token: second.json.refresh_token }), 401);
    const event = await audited(first.session_id, 'session.SessionClosed');
    assert.deepEqual([field(event, 'reason'), event.actor.type, event.user_agent], ['reuse', 'system', 'e2e-thief/1.0']);
  });

  const ends = {
    'by logging out': [async (mine) => post('logout', undefined, bearer(mine.access_token)), 'logout'],
    'from another session': [
      async (mine, user) => {
        const other = await login(user.credentials);
        return send(`${AUTH}/sessions/${mine.session_id}`, { method: 'DELETE', headers: bearer(other.access_token) });
      },
      'revoked',
    ],
    'by an administrator': [(mine, user) => admin.request('POST', `users/${user.id}/logout`), 'revoked'],
    'with a reset of the password': [
      (mine, user) => admin.request('POST', `users/${user.id}/password`, { password: secret('pw') }),
      'password_changed',
    ],
    'with the disabling of the account': [(mine, user) => admin.request('POST', `users/${user.id}/disable`), 'user_disabled'],
  };
  for (const [how, [end, reason]] of Object.entries(ends)) {
    it(`ends ${how}, everywhere within ${BOUND} ms`, async (t) => {
      const user = await createUser(admin);
      const mine = await login(user.credentials);
      await assertWorks(mine.access_token);
      const answer = await end(mine, user);
      const since = performance.now();
      assert.equal(answer.status, 200, answer.text);
      await assertEnded(mine.access_token, since, t);
      assertProblem(await post('refresh', { refresh_token: mine.refresh_token }), 401);
      const event = await audited(mine.session_id, 'session.SessionClosed');
      assert.equal(field(event, 'reason'), reason);
      assert.equal(event.ip, '127.0.0.1');
    });
  }

  it('outlives the change of the own password, the others do not', async (t) => {
    const { credentials } = await createUser(admin);
    const [mine, other] = [await login(credentials), await login(credentials)];
    const change = { current_password: credentials.password, new_password: secret('pw') };
    assert.equal((await post('password', change, bearer(mine.access_token))).status, 200);
    await assertEnded(other.access_token, performance.now(), t);
    await assertWorks(mine.access_token);
    const { data } = (await send(`${AUTH}/sessions`, { headers: bearer(mine.access_token) })).json;
    assert.deepEqual(data.map(({ id, current, user_agent: device, ip }) => [id, current, device, ip]), [
      [mine.session_id, true, DEVICE, '127.0.0.1'],
    ]);
  });
});

describe('a browser', () => {
  const cookieOf = (answer) => answer.headers['set-cookie']?.[0];

  it('keeps the refresh token in a cookie that only its own pages can use', async () => {
    const { credentials } = await createUser(admin);
    const answer = await post('login', credentials);
    assert.equal(answer.json.refresh_token, undefined);
    const set = cookieOf(answer);
    const cookie = remember(set.split(';')[0].split('=')[1]);
    for (const attribute of [/; Path=\/api\/admin\/v1\/auth/, /; HttpOnly/, /; SameSite=Strict/]) {
      assert.match(set, attribute);
    }
    const carried = { cookie: `llm_platform_refresh=${cookie}` };
    for (const origin of [{ origin: 'http://evil.example' }, { 'sec-fetch-site': 'same-site' }, { 'sec-fetch-site': 'cross-site' }]) {
      assertProblem(await post('refresh', {}, { ...carried, ...origin }), 403);
    }
    const own = await post('refresh', {}, { ...carried, origin: env.gateway, 'sec-fetch-site': 'same-origin' });
    assert.equal(own.status, 200, own.text);
    remember(cookieOf(own).split(';')[0].split('=')[1]);
    assert.notEqual(cookieOf(own), set);
    const out = await post('logout', undefined, bearer(remember(own.json.access_token)));
    assert.match(cookieOf(out), /Max-Age=0/);
    remember(answer.json.access_token);
  });
});

describe('the key set', () => {
  it('verifies the tokens, by an implementation nobody here wrote', async () => {
    const { keys } = (await send(`${AUTH}/jwks`)).json;
    const [header, claims, signature] = admin.accessToken.split('.');
    const { kid, alg } = JSON.parse(Buffer.from(header, 'base64url'));
    const jwk = keys.find((key) => key.kid === kid);
    assert.equal(alg, jwk.alg);
    const key = await crypto.subtle.importKey('jwk', jwk, { name: 'Ed25519' }, false, ['verify']);
    const signed = Buffer.from(`${header}.${claims}`);
    assert.ok(await crypto.subtle.verify('Ed25519', key, Buffer.from(signature, 'base64url'), signed));
    const { sid, exp, iat } = JSON.parse(Buffer.from(claims, 'base64url'));
    assert.equal(sid, admin.sessionId);
    assert.equal(exp - iat, 900);
  });
});
