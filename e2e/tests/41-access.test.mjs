// Every operation of the OpenAPI document, tried by nobody and in every role, against docs/PERMISSIONS.md (which the services'
// own tests hold to their code). Deny is the default: an operation that is missing there fails the test.
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { createUser, issueKey, secret, unique } from '../lib/fixtures.mjs';
import { Management } from '../lib/management.mjs';
import { operations } from '../lib/openapi.mjs';
import { permissions } from '../lib/permissions.mjs';
import { assertProblem } from '../lib/refusal.mjs';

const OK = [200, 201];
const NO = [403];
const HIDDEN = [403, 404];

/** An answer without an end: who may read it is shown by 74-live. */
const ENDLESS = 'GET /live';

/**
 * What to send, and what else than 200 or 201 an allowed role may get for things of others. `id` names what stands for
 * `{id}`, `query` what else the path needs; `own` asks from a fresh login; `body` is valid, so that only the permission can be the reason of a refusal.
 */
const table = {
  'POST /auth/password': { body: () => ({ current_password: 'not-this-one', new_password: secret('pw') }), allowed: [400] },
  'POST /auth/second-factor': { body: () => ({ password: 'not-this-one' }), allowed: [400] },
  'POST /auth/second-factor/confirm': { body: () => ({ code: '000000' }), allowed: [409] },
  'POST /auth/second-factor/remove': { body: () => ({ code: '000000' }), allowed: [409] },
  'POST /auth/logout': { own: true },
  'DELETE /auth/sessions/{id}': { id: 'session', allowed: [404] },
  'POST /users': { body: () => ({ username: unique('denied'), password: secret('pw') }) },
  'GET /users/{id}': { id: 'user', member: HIDDEN },
  'PATCH /users/{id}': { id: 'user', body: () => ({ role: 'admin' }) },
  'POST /users/{id}/disable': { id: 'user' },
  'POST /users/{id}/enable': { id: 'user' },
  'POST /users/{id}/password': { id: 'user', body: () => ({ password: secret('pw') }) },
  'POST /users/{id}/logout': { id: 'user' },
  'POST /users/{id}/invite': { id: 'user' },
  'POST /users/{id}/second-factor/remove': { id: 'user', body: () => ({ reason: 'denied' }) },
  'POST /teams': { body: () => ({ name: unique('denied') }) },
  'GET /teams/{id}': { id: 'team', member: HIDDEN },
  'PATCH /teams/{id}': { id: 'team', body: () => ({ name: unique('denied') }) },
  'POST /teams/{id}/disable': { id: 'team' },
  'POST /teams/{id}/enable': { id: 'team' },
  'POST /teams/{id}/members': { id: 'team', body: ({ user }) => ({ user_id: user }) },
  'DELETE /teams/{id}/members/{user_id}': { id: 'team' },
  'POST /teams/{id}/managers': { id: 'team', body: ({ user }) => ({ user_id: user }) },
  'DELETE /teams/{id}/managers/{user_id}': { id: 'team' },
  'POST /api-keys': { body: ({ user }) => ({ name: 'denied', user_id: user }), member: NO },
  'GET /api-keys/{id}': { id: 'key', member: HIDDEN },
  'PATCH /api-keys/{id}': { id: 'key', body: () => ({ name: 'denied' }), member: HIDDEN },
  'POST /api-keys/{id}/disable': { id: 'key', member: HIDDEN },
  'POST /api-keys/{id}/enable': { id: 'key', member: HIDDEN },
  'POST /api-keys/{id}/rotate': { id: 'key', body: () => ({ overlap_seconds: 60 }), member: HIDDEN },
  'POST /api-keys/{id}/revoke': { id: 'key', member: HIDDEN },
  'POST /providers': { body: () => ({ name: 'denied', type: 'mock' }) },
  'GET /providers/{id}': { id: 'provider' },
  'PATCH /providers/{id}': { id: 'provider', body: () => ({ name: 'denied' }) },
  'POST /models': { body: ({ provider }) => ({ name: unique('denied'), deployments: [{ provider_id: provider, upstream_model: 'm' }] }) },
  'POST /providers/{id}/test': { id: 'provider', body: () => ({}) },
  'GET /providers/{id}/models': { id: 'provider' },
  'GET /models/{id}': { id: 'model' },
  'PATCH /models/{id}': { id: 'model', body: () => ({ price: null }) },
  'POST /models/{id}/test': { id: 'model', body: () => ({}) },
  'POST /prices': { body: ({ model }) => ({ model_id: model, rates: { currency: 'USD', input: 1, output: 1 } }) },
  'POST /prices/{id}/correct': { id: 'model', body: () => ({ corrects: 1, rates: { currency: 'USD', input: 1, output: 1 } }) },
  'GET /usage/breakdown': {},
  'GET /usage/compare': {},
  'GET /usage/heatmap': {},
  'GET /usage/costs': {},
  'GET /usage/what-if': {},
  'GET /usage/activity': {},
  'GET /usage/anomalies': {},
  'GET /usage/budgets': {},
  'GET /usage/requests/export': {},
  'GET /usage/requests/{id}': { allowed: [404], member: HIDDEN },
  'PATCH /settings': { body: () => ({ max_attempts: 3 }) },
  'GET /audit/entities/{type}/{id}': { id: 'user' },
  'GET /audit/entities/{type}/{id}/timeline': { id: 'user' },
  'GET /audit/diff': { query: `?from=${new Date().toISOString()}` },
  'POST /audit/searches': { body: () => ({ name: unique('denied'), filters: {} }) },
  'POST /imports/users': { body: () => [] },
  'POST /imports/api-keys': { body: () => [] },
  'POST /imports/models': { body: () => [] },
};
const permitted = permissions();

let admin;
let logins;
let people;
let ids;

before(async () => {
  admin = await Management.login();
  const other = await createUser(admin);
  people = {};
  logins = { admin: undefined };
  for (const role of ['auditor', 'manager', 'member']) {
    logins[role] = (await createUser(admin, role)).credentials;
    people[role] = await Management.login(logins[role]);
  }
  const key = await issueKey(admin, { user_id: other.id });
  const model = (await admin.get('models?q=gpt-4o')).data.find((one) => one.name === 'gpt-4o');
  const team = await admin.create('teams', { name: unique('team') });
  await admin.get(`teams/${team.id}`, team.token);
  ids = { session: admin.sessionId, user: other.id, team: team.id, key: key.id, model: model.id, provider: model.deployments[0].provider_id };
});

/** What has no entry in the table is asked for with an id of nothing, and with an empty body. */
const call = (person, { method, path }, { id, body, query = '' } = {}) =>
  person.request(
    method,
    path.slice(1).replace('{type}', 'user').replace('{name}', 'nothing').replace('{id}', id ? ids[id] : 'nothing').replace('{user_id}', ids.user) + query,
    body ? body(ids) : ['POST', 'PUT', 'PATCH'].includes(method) ? {} : undefined,
  );

describe('every operation of the management API', () => {
  const all = operations();
  const closed = all.filter((operation) => !operation.open);

  it('stands in docs/PERMISSIONS.md, and nothing else does', () => {
    assert.ok(closed.length > 30, `only ${closed.length} operations found in the document`);
    assert.deepEqual([...permitted.keys()].sort(), all.map((operation) => operation.name).sort());
    const open = [...permitted].filter(([, roles]) => roles.has('open')).map(([name]) => name);
    assert.deepEqual(open.sort(), all.filter((operation) => operation.open).map((operation) => operation.name).sort());
  });

  it('refuses who shows no token, a broken one, or one signed by somebody else', async () => {
    const [header, claims, signature] = admin.accessToken.split('.');
    const forged = Buffer.from(JSON.stringify({ ...JSON.parse(Buffer.from(claims, 'base64url')), role: 'admin', sub: 'usr_x' })).toString('base64url');
    const unsigned = Buffer.from('{"alg":"none"}').toString('base64url');
    const tokens = [undefined, 'nonsense', `${header}.${forged}.${signature}`, `${unsigned}.${claims}.`];
    for (const operation of closed) {
      for (const token of tokens) {
        assertProblem(await call(Management.anonymous(token), operation, table[operation.name]), 401);
      }
    }
  });

  for (const operation of closed) {
    const { name } = operation;
    const entry = table[name] ?? {};
    for (const role of ['auditor', 'manager', 'member']) {
      const may = permitted.get(name)?.has(role);
      if (may && name === ENDLESS) {
        continue;
      }
      it(`${name} as ${role}: ${may ? 'allowed' : 'refused'}`, async () => {
        const answer = await call(entry.own ? await Management.login(logins[role]) : people[role], operation, entry);
        const hidden = role === 'manager' ? entry.member : entry[role];
        // Without an entry nothing but the permission is looked at: a body may be wrong, a thing not be there.
        const expected = !may ? NO : (hidden ?? entry.allowed ?? (table[name] ? OK : [200, 201, 202, 204, 400, 404, 409, 422]));
        assert.ok(expected.includes(answer.status), `${answer.status} ${answer.text}`);
        if (answer.status >= 400) {
          assertProblem(answer, ...expected);
        }
      });
    }

    if (name === ENDLESS) {
      continue;
    }
    it(`${name} as admin: allowed`, async () => {
      // With an id of nothing and an empty body: what an administrator may do would be done.
      const person = entry.own ? await Management.login() : admin;
      const answer = await call(person, { ...operation, path: operation.path.replace('{user_id}', 'nothing') });
      assert.ok(permitted.get(name)?.has('admin'), 'an administrator may do everything');
      assert.ok(![401, 403].includes(answer.status) && answer.status < 500, `${answer.status} ${answer.text}`);
    });
  }
});

describe('a member', () => {
  it('sees only themselves, their own keys and their own usage', async () => {
    const { member } = people;
    assert.deepEqual((await member.get('users')).data.map((user) => user.id), [member.user.id]);
    const { id, key, token } = await member.create('api-keys', { name: unique('own') });
    assert.ok(key.startsWith('sk-'));
    assert.deepEqual((await member.get('api-keys', token)).data.map((one) => one.id), [id]);
    assert.deepEqual((await member.get('usage/requests')).data, []);
    assertProblem(await member.request('GET', `usage/requests?user_id=${admin.user.id}`), 403);
    assert.equal((await member.get('usage/summary')).requests, 0);
    await member.write('POST', `api-keys/${id}/revoke`);
  });

  it('sees models without where they run', async () => {
    const { data } = await people.member.get('models');
    assert.ok(data.length >= 3);
    assert.deepEqual(data.flatMap((model) => model.deployments), []);
  });
});
