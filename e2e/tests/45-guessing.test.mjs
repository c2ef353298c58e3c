// Guessing a password gets slower and slower, is told, and locks out nobody else.
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { createUser, secret, unique } from '../lib/fixtures.mjs';
import { Management } from '../lib/management.mjs';
import { assertProblem } from '../lib/refusal.mjs';
import { eventually } from '../lib/wait.mjs';

const FREE = 10;
let admin;

before(async () => {
  admin = await Management.login();
});

const attempt = (credentials) => admin.request('POST', 'auth/login', credentials);

describe('failed logins', () => {
  it('make the next one wait, with the right password too, and nobody else', async () => {
    const { credentials } = await createUser(admin);
    for (let i = 0; i < FREE; i++) {
      assertProblem(await attempt({ ...credentials, password: secret('guess') }), 401);
    }
    const refused = await attempt(credentials);
    assertProblem(refused, 429);
    const wait = Number(refused.headers['retry-after']);
    assert.ok(wait > 0 && wait <= 31, `Retry-After: ${wait}`);
    assert.match(refused.json.detail, /try again in \d+ s/);
    await Management.login((await createUser(admin)).credentials);
  });

  it('are in the audit log with address and device, without what was typed', async () => {
    const { id, credentials } = await createUser(admin);
    const typed = secret('typed');
    assertProblem(await attempt({ ...credentials, password: typed }), 401);
    const stranger = secret('stranger');
    const unknown = await attempt({ username: stranger, password: typed });
    assertProblem(unknown, 401);
    const { value } = await eventually('the failures are in the audit log', async () => {
      const { data } = await admin.get(`audit/events?type=login.LoginFailed&q=${credentials.username}`);
      return data[0];
    });
    assert.equal(value.ip, '127.0.0.1');
    assert.equal(value.user_agent, 'llm-platform-e2e');
    assert.equal(value.entity_name, credentials.username);
    const told = Object.fromEntries(value.changes.map(({ field, after }) => [field, after]));
    assert.deepEqual([told.user_id, told.reason], [id, 'wrong_password']);
    const { value: other } = await eventually('the unknown name is there', async () => {
      const { data } = await admin.get(`audit/events?request_id=${unknown.headers['x-request-id']}`);
      return data[0];
    });
    assert.ok(!JSON.stringify(other).includes(stranger), 'what was typed as a name is kept');
  });
});

describe('a new password is refused', () => {
  const cases = {
    'when it is short': ['short7c', /8 to 256/],
    'when it is among the most common': ['Password123', /most common/],
    'when it contains the user name': [undefined, /user name/],
  };
  for (const [when, [password, message]] of Object.entries(cases)) {
    it(when, async () => {
      const username = unique('policy');
      const answer = await admin.request('POST', 'users', { username, password: password ?? `${username}-2030` });
      assertProblem(answer, 400);
      assert.equal(answer.json.errors[0].field, 'password');
      assert.match(answer.json.errors[0].message, message);
    });
  }
});
