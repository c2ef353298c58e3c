// Every operation of the OpenAPI document, tried by nobody, by a member and by an auditor. Deny is the default:
// an operation that is missing in this table fails the test.
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { createUser, issueKey, secret, unique } from '../lib/fixtures.mjs';
import { Management } from '../lib/management.mjs';
import { operations } from '../lib/openapi.mjs';
import { assertProblem } from '../lib/refusal.mjs';

const OK = [200, 201];
const NO = [403];
const HIDDEN = [403, 404];

/** `id` names what stands for `{id}`; `body` is valid, so that only the permission can be the reason of a refusal. */
const table = {
  'GET /auth/me': { member: OK, auditor: OK },
  'POST /auth/password': { body: () => ({ current_password: 'not-this-one', new_password: secret('pw') }), member: [400, 401, 403], auditor: [400, 401, 403] },
  'GET /users': { member: OK, auditor: OK },
  'POST /users': { body: () => ({ username: unique('denied'), password: secret('pw') }), member: NO, auditor: NO },
  'GET /users/{id}': { id: 'user', member: HIDDEN, auditor: OK },
  'PATCH /users/{id}': { id: 'user', body: () => ({ role: 'admin' }), member: HIDDEN, auditor: NO },
  'POST /users/{id}/disable': { id: 'user', member: HIDDEN, auditor: NO },
  'POST /users/{id}/enable': { id: 'user', member: HIDDEN, auditor: NO },
  'POST /users/{id}/password': { id: 'user', body: () => ({ password: secret('pw') }), member: HIDDEN, auditor: NO },
  'GET /teams': { member: OK, auditor: OK },
  'POST /teams': { body: () => ({ name: unique('denied') }), member: NO, auditor: NO },
  'GET /teams/{id}': { id: 'team', member: HIDDEN, auditor: OK },
  'PATCH /teams/{id}': { id: 'team', body: () => ({ name: unique('denied') }), member: NO, auditor: NO },
  'POST /teams/{id}/disable': { id: 'team', member: NO, auditor: NO },
  'POST /teams/{id}/enable': { id: 'team', member: NO, auditor: NO },
  'GET /api-keys': { member: OK, auditor: OK },
  'POST /api-keys': { body: ({ user }) => ({ name: 'denied', user_id: user }), member: NO, auditor: NO },
  'GET /api-keys/{id}': { id: 'key', member: HIDDEN, auditor: OK },
  'PATCH /api-keys/{id}': { id: 'key', body: () => ({ name: 'denied' }), member: HIDDEN, auditor: HIDDEN },
  'POST /api-keys/{id}/disable': { id: 'key', member: HIDDEN, auditor: HIDDEN },
  'POST /api-keys/{id}/enable': { id: 'key', member: HIDDEN, auditor: HIDDEN },
  'POST /api-keys/{id}/revoke': { id: 'key', member: HIDDEN, auditor: HIDDEN },
  'GET /providers': { member: NO, auditor: OK },
  'POST /providers': { body: () => ({ name: 'denied', type: 'mock' }), member: NO, auditor: NO },
  'GET /providers/{id}': { id: 'provider', member: HIDDEN, auditor: OK },
  'PATCH /providers/{id}': { id: 'provider', body: () => ({ name: 'denied' }), member: NO, auditor: NO },
  'POST /providers/{id}/disable': { id: 'provider', member: NO, auditor: NO },
  'POST /providers/{id}/enable': { id: 'provider', member: NO, auditor: NO },
  'GET /models': { member: OK, auditor: OK },
  'POST /models': { body: ({ provider }) => ({ name: unique('denied'), deployments: [{ provider_id: provider, upstream_model: 'm' }] }), member: NO, auditor: NO },
  'GET /models/{id}': { id: 'model', member: OK, auditor: OK },
  'PATCH /models/{id}': { id: 'model', body: () => ({ price: null }), member: NO, auditor: NO },
  'POST /models/{id}/disable': { id: 'model', member: NO, auditor: NO },
  'POST /models/{id}/enable': { id: 'model', member: NO, auditor: NO },
  'POST /imports/users': { body: () => [], member: NO, auditor: NO },
  'POST /imports/api-keys': { body: () => [], member: NO, auditor: NO },
  'POST /imports/models': { body: () => [], member: NO, auditor: NO },
  'GET /exports/users': { member: NO, auditor: OK },
  'GET /exports/api-keys': { member: NO, auditor: OK },
  'GET /exports/models': { member: NO, auditor: OK },
  'GET /usage/summary': { member: OK, auditor: OK },
  'GET /usage/timeseries': { member: OK, auditor: OK },
  'GET /usage/requests': { member: OK, auditor: OK },
  'GET /audit/events': { member: NO, auditor: OK },
  'GET /system/health': { member: NO, auditor: OK },
};

let admin;
let people;
let ids;

before(async () => {
  admin = await Management.login();
  const [member, auditor, other] = [await createUser(admin, 'member'), await createUser(admin, 'auditor'), await createUser(admin)];
  people = { member: await Management.login(member.credentials), auditor: await Management.login(auditor.credentials) };
  const key = await issueKey(admin, { user_id: other.id });
  const model = (await admin.get('models?q=gpt-4o')).data.find((one) => one.name === 'gpt-4o');
  const team = await admin.create('teams', { name: unique('team') });
  await admin.get(`teams/${team.id}`, team.token);
  ids = { user: other.id, team: team.id, key: key.id, model: model.id, provider: model.deployments[0].provider_id };
});

const call = (person, { method, path }, { id, body } = {}) =>
  person.request(method, path.slice(1).replace('{id}', id ? ids[id] : ''), body?.(ids));

describe('every operation of the management API', () => {
  const closed = operations().filter((operation) => !operation.open);

  it('stands in the table of this test', () => {
    assert.ok(closed.length > 25, `only ${closed.length} operations found in the document`);
    assert.deepEqual(closed.map((operation) => operation.name).sort(), Object.keys(table).sort());
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

  for (const { name, method, path } of closed) {
    const entry = table[name];
    for (const role of ['member', 'auditor']) {
      it(`${name} as ${role}: ${entry?.[role]}`, async () => {
        const answer = await call(people[role], { method, path }, entry);
        assert.ok(entry[role].includes(answer.status), `${answer.status} ${answer.text}`);
        if (answer.status >= 400) {
          assertProblem(answer, ...entry[role]);
        }
      });
    }
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
