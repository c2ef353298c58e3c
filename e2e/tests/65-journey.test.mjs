// A day of an administrator: every write of the management API in turn, with real tokens and a reason, and after each one the
// entry that it left in the audit log: who, from where, why, before and after.
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { code } from '../lib/authenticator.mjs';
import { secret, unique } from '../lib/fixtures.mjs';
import { Management } from '../lib/management.mjs';
import { operations } from '../lib/openapi.mjs';
import { remember } from '../lib/planted.mjs';
import { eventually } from '../lib/wait.mjs';

/** Leave no entry of a change of their own: what they do is told by sessions and imports of the other steps. */
const NO_CHANGE = new Set(['POST /auth/refresh', 'POST /auth/second-factor']);

/** Take an OpenID provider, with which 64 walks them. */
const WITH_PROVIDER = new Set(['POST /users/{id}/identity', 'DELETE /users/{id}/identity']);

/** Calls that cost: their trace is a usage record. */
const TRIALS = new Set(['POST /providers/{id}/test', 'POST /models/{id}/test']);

let admin;
const done = new Set();
const made = {};

before(async () => {
  admin = await Management.login();
});

/**
 * One write and the entries it must leave.
 *
 * @param {string} operation as in the OpenAPI document
 * @param {object} step `path` and `body` to send; `by` who sends it (the administrator); `expect` [type, entity id, changes], where
 *        changes are `{field: [before, after]}` and each value may be a predicate; several of them for several entries
 */
async function step(operation, { path, body, by = admin, expect, method = operation.split(' ')[0] }) {
  const reason = `journey: ${operation}`;
  const answer = await by.request(method, path ?? operation.split(' ')[1].slice(1), body, { 'x-reason': reason });
  assert.ok(answer.status >= 200 && answer.status < 300, `${operation}: ${answer.status} ${answer.text}`);
  done.add(operation);
  const several = Array.isArray(expect) && typeof expect[0] !== 'string';
  const expected = (several ? expect : [expect]).map((one) => (typeof one === 'function' ? one(answer.json) : one));
  const { value: entries } = await eventually(`${operation} in the audit log`, async () => {
    const { data } = await admin.get(`audit/events?request_id=${answer.headers['x-request-id']}`);
    return data.length >= expected.length && data;
  });
  for (const [type, id, changes] of expected) {
    const entry = entries.find((one) => one.type === type && (id === undefined || one.entity_id === id));
    assert.ok(entry, `${operation}: no ${type} of ${id} among ${JSON.stringify(entries.map((one) => [one.type, one.entity_id]))}`);
    if (by.user) {
      assert.deepEqual([entry.actor.type, entry.actor.id, entry.actor.name], ['user', by.user.id, by.user.username], operation);
      assert.equal(entry.reason, reason);
    }
    assert.match(entry.ip, /^127\.|^::1$/, operation);
    assert.equal(entry.user_agent, 'llm-platform-e2e', operation);
    for (const [field, [was, is]] of Object.entries(changes)) {
      const change = entry.changes.find((one) => one.field === field);
      assert.ok(change, `${operation}: ${field} is not told in ${JSON.stringify(entry.changes)}`);
      for (const [side, wanted, told] of [['before', was, change.before], ['after', is, change.after]]) {
        if (typeof wanted === 'function') {
          assert.ok(wanted(told), `${operation}: ${field} ${side} is ${JSON.stringify(told)}`);
        } else {
          assert.deepEqual(told, wanted, `${operation}: ${field} ${side}`);
        }
      }
    }
  }
  return { ...answer.json, headers: answer.headers };
}

const status = (from, to) => ({ status: [from, to] });

describe('a journey through every write', () => {
  it('of people', async () => {
    const username = unique('ines');
    const password = secret('pw');
    const user = await step('POST /users', {
      body: { username, role: 'member', display_name: 'Inès 伊内丝' },
      expect: [
        (json) => ['user.UserCreated', json.id, { username: [undefined, username], role: [undefined, 'member'], display_name: [undefined, 'Inès 伊内丝'] }],
        (json) => ['user.UserInvited', json.id, {}],
      ],
    });
    made.user = user.id;
    remember(user.invitation.token);
    const again = await step('POST /users/{id}/invite', { path: `users/${user.id}/invite`, expect: ['user.UserInvited', user.id, {}] });
    const accepted = await step('POST /auth/invitations/accept', {
      path: 'auth/invitations/accept',
      by: Management.anonymous(),
      body: { token: remember(again.invitation.token), password },
      expect: ['user.InvitationAccepted', user.id, { password: [undefined, 'changed'] }],
    });
    assert.equal(accepted.username, username);
    const login = await step('POST /auth/login', {
      path: 'auth/login',
      by: Management.anonymous(),
      body: { username, password, refresh_token_in: 'body' },
      expect: (json) => ['session.SessionOpened', json.session_id, {}],
    });
    made.person = new Management(remember(login.access_token), login.user);
    const own = secret('pw');
    await step('POST /auth/password', {
      path: 'auth/password',
      by: made.person,
      body: { current_password: password, new_password: own },
      expect: ['user.UserPasswordChanged', user.id, { password: [undefined, 'changed'] }],
    });
    const second = await Management.login({ username, password: own });
    await step('DELETE /auth/sessions/{id}', {
      path: `auth/sessions/${second.sessionId}`,
      by: made.person,
      expect: ['session.SessionClosed', second.sessionId, {}],
    });
    const third = await Management.login({ username, password: own });
    await step('POST /auth/logout', { path: 'auth/logout', by: third, expect: ['session.SessionClosed', third.sessionId, {}] });
    await step('PATCH /users/{id}', {
      path: `users/${user.id}`,
      body: { role: 'manager', limits: { requests_per_minute: 50 } },
      expect: ['user.UserEdited', user.id, { role: ['member', 'manager'], limits: [undefined, { requests_per_minute: 50 }] }],
    });
    const fourth = await Management.login({ username, password: own });
    await step('POST /users/{id}/logout', { path: `users/${user.id}/logout`, expect: ['session.SessionClosed', fourth.sessionId, {}] });
    await step('POST /users/{id}/disable', { path: `users/${user.id}/disable`, expect: ['user.UserDisabled', user.id, status('active', 'disabled')] });
    await step('POST /users/{id}/enable', { path: `users/${user.id}/enable`, expect: ['user.UserEnabled', user.id, status('disabled', 'active')] });
    made.password = secret('pw');
    await step('POST /users/{id}/password', {
      path: `users/${user.id}/password`,
      body: { password: made.password },
      expect: ['user.UserPasswordChanged', user.id, { password: [undefined, 'changed'] }],
    });
    made.credentials = { username, password: made.password };
  });

  it('of a second factor', async () => {
    const person = await Management.login(made.credentials);
    const enrol = async () => {
      const begun = await person.write('POST', 'auth/second-factor', { password: made.password }, 201);
      const confirmed = await step('POST /auth/second-factor/confirm', {
        by: person,
        body: { code: code(remember(begun.secret)) },
        expect: ['user.SecondFactorEnrolled', made.user, { second_factor: ['off', 'on'] }],
      });
      confirmed.recovery_codes.forEach(remember);
    };
    await enrol();
    await step('POST /auth/second-factor/remove', {
      by: person,
      body: { password: made.password },
      expect: ['user.SecondFactorRemoved', made.user, { second_factor: ['on', 'off'], by: [undefined, 'password'] }],
    });
    await enrol();
    await step('POST /users/{id}/second-factor/remove', {
      path: `users/${made.user}/second-factor/remove`,
      body: { reason: 'journey: POST /users/{id}/second-factor/remove' },
      expect: ['user.SecondFactorRemoved', made.user, { second_factor: ['on', 'off'], by: [undefined, 'administrator'] }],
    });
  });

  it('of teams', async () => {
    const name = unique('crew');
    const team = await step('POST /teams', {
      body: { name, limits: { requests_per_minute: 100 } },
      expect: (json) => ['team.TeamCreated', json.id, { name: [undefined, name], limits: [undefined, { requests_per_minute: 100 }] }],
    });
    made.team = team.id;
    const at = `teams/${team.id}`;
    await step('PATCH /teams/{id}', {
      path: at,
      body: { name: `${name} 2`, limits: { requests_per_minute: 200 } },
      expect: ['team.TeamEdited', team.id, { name: [name, `${name} 2`], 'limits.requests_per_minute': [100, 200] }],
    });
    await step('POST /teams/{id}/members', {
      path: `${at}/members`,
      body: { user_id: made.user },
      expect: ['user.UserEdited', made.user, { team_id: [undefined, team.id] }],
    });
    await step('POST /teams/{id}/managers', {
      path: `${at}/managers`,
      body: { user_id: made.user },
      expect: ['team.TeamManagerAdded', team.id, { user_id: [undefined, made.user] }],
    });
    await step('DELETE /teams/{id}/managers/{user_id}', {
      path: `${at}/managers/${made.user}`,
      expect: ['team.TeamManagerRemoved', team.id, { user_id: [undefined, made.user] }],
    });
    await step('DELETE /teams/{id}/members/{user_id}', {
      path: `${at}/members/${made.user}`,
      expect: ['user.UserEdited', made.user, { team_id: [team.id, undefined] }],
    });
    await step('POST /teams/{id}/disable', { path: `${at}/disable`, expect: ['team.TeamDisabled', team.id, status('active', 'disabled')] });
    await step('POST /teams/{id}/enable', { path: `${at}/enable`, expect: ['team.TeamEnabled', team.id, status('disabled', 'active')] });
  });

  it('of providers, models and prices', async () => {
    const name = unique('provider');
    const provider = await step('POST /providers', {
      body: { name, type: 'mock', base_url: 'mock:?first_token_ms=1&token_ms=0', api_key: secret('upstream-key') },
      expect: (json) => ['provider.ProviderCreated', json.id, { name: [undefined, name], type: [undefined, 'mock'], secret: [undefined, 'set'] }],
    });
    const at = `providers/${provider.id}`;
    await step('PATCH /providers/{id}', {
      path: at,
      body: { name: `${name} 2`, api_key: secret('upstream-key') },
      expect: [
        ['provider.ProviderEdited', provider.id, { name: [name, `${name} 2`] }],
        ['provider.ProviderSecretRotated', provider.id, { secret: [undefined, 'rotated'] }],
      ],
    });
    const model = unique('model');
    const created = await step('POST /models', {
      body: { name: model, deployments: [{ provider_id: provider.id, upstream_model: 'm', weight: 1 }] },
      expect: (json) => ['model.ModelCreated', json.id, { name: [undefined, model], deployments: [undefined, (list) => list.length === 1] }],
    });
    made.model = created.id;
    const { deployments } = await admin.get(`models/${created.id}`, created.headers['x-consistency-token']);
    await step('PATCH /models/{id}', {
      path: `models/${created.id}`,
      body: { deployments: [{ provider_id: provider.id, upstream_model: 'm', weight: 3 }] },
      expect: ['model.ModelEdited', created.id, { [`deployments[${deployments[0].id}].weight`]: [1, 3] }],
    });
    const priced = await step('POST /prices', {
      body: { model_id: created.id, rates: { currency: 'USD', input: 2, output: 4 } },
      expect: ['price_book.PriceVersionAdded', undefined, { model_id: [undefined, created.id], version: [undefined, ({ rates }) => Number(rates.input) === 2] }],
    });
    await step('POST /prices/{id}/correct', {
      path: `prices/${priced.id}/correct`,
      body: { corrects: 1, rates: { currency: 'USD', input: 3, output: 4 } },
      expect: ['price_book.PriceVersionCorrected', undefined, { 'rates.input': [(was) => Number(was) === 2, (is) => Number(is) === 3] }],
    });
    for (const [what, id, paths] of [['model', created.id, 'models'], ['provider', provider.id, 'providers']]) {
      const type = what === 'model' ? 'model.Model' : 'provider.Provider';
      await step(`POST /${paths}/{id}/disable`, { path: `${paths}/${id}/disable`, expect: [`${type}Disabled`, id, status('active', 'disabled')] });
      await step(`POST /${paths}/{id}/enable`, { path: `${paths}/${id}/enable`, expect: [`${type}Enabled`, id, status('disabled', 'active')] });
    }
    for (const path of [`${at}/test`, `models/${created.id}/test`]) {
      const { value: answer } = await eventually('the gateway knows it', async () => {
        const tried = await admin.request('POST', path, path.startsWith('models') ? {} : { model: 'm' });
        return tried.status === 200 && tried;
      });
      const results = answer.json.results ?? [answer.json];
      assert.ok(results.length > 0 && results.every((one) => one.ok), answer.text);
      const id = results[0].request_id;
      const { value: row } = await eventually('the call', async () => (await admin.get(`usage/requests?request_id=${id}`)).data[0]);
      assert.equal(row.user_id, admin.user.id, 'a test is a call of the administrator');
    }
    TRIALS.forEach((operation) => done.add(operation));
  });

  it('of keys', async () => {
    const name = unique('key');
    const key = await step('POST /api-keys', {
      body: { name, user_id: made.user, allowed_models: ['gpt-4o'], limits: { concurrency: 2 } },
      expect: (json) => ['api_key.ApiKeyIssued', json.id, { name: [undefined, name], allowed_models: [undefined, ['gpt-4o']] }],
    });
    remember(key.key);
    const at = `api-keys/${key.id}`;
    await step('PATCH /api-keys/{id}', {
      path: at,
      body: { allowed_models: null, limits: { concurrency: 5 } },
      expect: ['api_key.ApiKeyEdited', key.id, { allowed_models: [['gpt-4o'], undefined], 'limits.concurrency': [2, 5] }],
    });
    await step('POST /api-keys/{id}/disable', { path: `${at}/disable`, expect: ['api_key.ApiKeyDisabled', key.id, status('active', 'disabled')] });
    await step('POST /api-keys/{id}/enable', { path: `${at}/enable`, expect: ['api_key.ApiKeyEnabled', key.id, status('disabled', 'active')] });
    const rotated = await step('POST /api-keys/{id}/rotate', {
      path: `${at}/rotate`,
      body: { overlap_seconds: 60 },
      expect: ['api_key.ApiKeyRotated', key.id, { previous_until: [undefined, (at) => Date.parse(at) > Date.now()] }],
    });
    remember(rotated.key);
    await step('POST /api-keys/{id}/revoke', { path: `${at}/revoke`, expect: ['api_key.ApiKeyRevoked', key.id, status('active', 'revoked')] });
  });

  it('of files, settings and secrets', async () => {
    const names = [unique('in'), unique('in'), unique('in')];
    await step('POST /imports/users', {
      path: 'imports/users',
      body: [{ username: names[0], password: secret('pw') }],
      expect: (json) => ['user.UserCreated', json.rows[0].id, { username: [undefined, names[0]] }],
    });
    const keys = await step('POST /imports/api-keys', {
      path: 'imports/api-keys',
      body: [{ name: names[1], user: names[0] }],
      expect: (json) => ['api_key.ApiKeyIssued', json.rows[0].id, { name: [undefined, names[1]] }],
    });
    remember(keys.rows[0].key);
    // One of its own: those of others are renamed while this goes on.
    const provider = unique('in');
    const { id, token } = await admin.create('providers', { name: provider, type: 'mock' });
    await admin.get(`providers/${id}`, token);
    await step('POST /imports/models', {
      path: 'imports/models',
      body: [{ name: names[2], deployments: [{ provider, upstream_model: 'm' }] }],
      expect: (json) => ['model.ModelCreated', json.rows[0].id, { name: [undefined, names[2]] }],
    });
    const { reserved_completion_tokens: was } = await admin.get('settings');
    const is = was === 1025 ? 1026 : 1025;
    await step('PATCH /settings', {
      path: 'settings',
      body: { reserved_completion_tokens: is },
      expect: ['platform_settings.PlatformSettingsChanged', undefined, { reserved_completion_tokens: [was, is] }],
    });
    await admin.write('PATCH', 'settings', { reserved_completion_tokens: was ?? null });
    const search = unique('search');
    const saved = await step('POST /audit/searches', {
      body: { name: search, filters: { q: '张三', entity_type: 'user' } },
      expect: ['saved_search.SearchSaved', undefined, { name: [undefined, search], typed: [undefined, '张三'], filters: [undefined, { entity_type: 'user' }] }],
    });
    await step('DELETE /audit/searches/{id}', {
      path: `audit/searches/${saved.id}`,
      expect: ['saved_search.SearchForgotten', undefined, { search_id: [undefined, saved.id] }],
    });
    // All are sealed with the current key: nothing is to be done, and nothing is told (66 rotates it).
    const rewrapped = await admin.request('POST', 'secrets/rewrap');
    assert.equal(rewrapped.status, 200, rewrapped.text);
    done.add('POST /secrets/rewrap');
  });

  it('of a projection that is built anew', async () => {
    const name = 'prices';
    const at = `projections/${name}`;
    const building = (what, condition) => eventually(what, async () => condition((await admin.get(at)).building), { within: 60_000 });
    const asked = (event, changes = {}) => [`projection.${event}`, `prj_${name}`, changes];
    await step('POST /projections/{name}/rebuild', { path: `${at}/rebuild`, body: { swap: 'manual' }, expect: asked('RebuildRequested', { swap: [undefined, 'manual'] }) });
    await building('a build that has caught up', (build) => build?.caught_up_at);
    await step('POST /projections/{name}/pause', { path: `${at}/pause`, expect: asked('RebuildPaused') });
    await building('a build that is paused', (build) => build.state === 'paused');
    await step('POST /projections/{name}/resume', { path: `${at}/resume`, expect: asked('RebuildResumed') });
    await step('POST /projections/{name}/compare', { path: `${at}/compare`, expect: asked('ComparisonRequested') });
    await building('a comparison', (build) => build.comparison?.equal === true && build.comparison.counts[0].table === 'price_version');
    const { live: first } = await admin.get(at);
    await step('POST /projections/{name}/swap', { path: `${at}/swap`, body: {}, expect: asked('SwapRequested', { accept_differences: [undefined, false] }) });
    await eventually('the new build is live', async () => (await admin.get(at)).live.build === first.build + 1, { within: 60_000 });
    assert.ok((await admin.get('prices')).data.length > 0);
    await step('POST /projections/{name}/rollback', { path: `${at}/rollback`, expect: asked('RollbackRequested') });
    await eventually('the former build is live', async () => (await admin.get(at)).live.build === first.build, { within: 60_000 });
    await step('POST /projections/{name}/rebuild', { path: `${at}/rebuild`, body: {}, expect: asked('RebuildRequested') });
    await step('POST /projections/{name}/cancel', { path: `${at}/cancel`, expect: asked('RebuildCancelled') });
    await eventually('no build beside the live one', async () => !(await admin.get(at)).building, { within: 60_000 });
    // There is nothing parked: what these do is shown on records that cannot be applied, in RebuildIT.
    await step('POST /projections/{name}/redrive', { path: `${at}/redrive`, body: {}, expect: asked('RedriveRequested') });
    await step('POST /projections/{name}/discard', { path: `${at}/discard`, body: { record_id: 1, reason: 'journey: POST /projections/{name}/discard' }, expect: asked('DiscardRequested', { record_id: [undefined, 1] }) });
  });

  it('that leaves out no write there is', () => {
    const writes = operations()
      .filter(({ method }) => method !== 'GET')
      .map(({ name }) => name)
      .filter((name) => !NO_CHANGE.has(name) && !WITH_PROVIDER.has(name));
    assert.deepEqual(writes.filter((name) => !done.has(name)), []);
  });
});
