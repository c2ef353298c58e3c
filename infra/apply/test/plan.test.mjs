import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { plan } from '../plan.mjs';

const current = () => ({
  teams: [{ id: 'team_1', version: 3, name: 'Crew', status: 'active', limits: { concurrency: 2 } }],
  users: [
    { id: 'usr_1', version: 0, username: 'ann', role: 'member', team_id: 'team_1', status: 'active' },
    { id: 'usr_2', version: 0, username: 'root', role: 'admin', status: 'active' },
  ],
  providers: [{ id: 'prv_1', version: 0, name: 'Acme', type: 'openai', base_url: 'https://acme.example/v1', has_api_key: true, status: 'active' }],
  models: [
    {
      id: 'mdl_1',
      version: 0,
      name: 'm',
      status: 'disabled',
      deployments: [{ id: 'dep_1', provider_id: 'prv_1', provider_name: 'Acme', upstream_model: 'u', weight: 1 }],
    },
  ],
  api_keys: [
    { id: 'key_1', version: 0, name: 'ci', user_id: 'usr_1', username: 'ann', status: 'active', expires_at: '2030-01-31T12:00:00Z' },
    { id: 'key_2', version: 0, name: 'old', user_id: 'usr_1', username: 'ann', status: 'active' },
    { id: 'key_3', version: 0, name: 'gone', user_id: 'usr_1', username: 'ann', status: 'revoked' },
    { id: 'key_4', version: 0, name: 'theirs', user_id: 'usr_2', username: 'root', status: 'active' },
    { id: 'key_6', version: 0, name: 'ci', team_id: 'team_1', team_name: 'Crew', status: 'active' },
    { id: 'key_7', version: 0, name: 'former', team_id: 'team_1', team_name: 'Crew', status: 'active' },
  ],
});

const brief = (steps) => steps.map(({ action, name, changes, why }) => [action, name, ...(changes ? [changes.map(({ field }) => field).join()] : []), ...(why ? [why] : [])]);

describe('a plan', () => {
  it('is nothing when all is as it should be, however it is written', () => {
    const desired = {
      teams: [{ name: 'crew', limits: { concurrency: 2 }, budgets: [] }],
      users: [{ username: 'ANN', role: 'member', team: 'CREW', password: { env: 'X' } }],
      providers: [{ name: 'Acme', type: 'openai', api_key: { env: 'X' } }],
      models: [{ name: 'm', status: 'disabled', deployments: [{ upstream_model: 'u', provider: 'Acme', priority: 0 }], routing: null }],
      api_keys: [{ name: 'ci', user: 'Ann', expires_at: '2030-01-31T13:00:00+01:00' }],
    };
    assert.deepEqual(new Set(plan(desired, current()).map(({ action }) => action)), new Set(['same']));
  });

  it('creates, edits, enables and disables, each after what it needs', () => {
    const desired = {
      api_keys: [{ name: 'ci', user: 'ann', allowed_models: ['m'] }, { name: 'new', user: 'bob' }, { name: 'gone', user: 'ann' }],
      models: [{ name: 'm', deployments: [{ provider: 'Acme', upstream_model: 'u', weight: 2 }] }],
      users: [{ username: 'bob', team: 'Crew', status: 'disabled' }, { username: 'ann', team: null }],
      teams: [{ name: 'Crew', limits: null }],
    };
    assert.deepEqual(brief(plan(desired, current())), [
      ['edit', 'Crew', 'limits'],
      ['create', 'bob'],
      ['disable', 'bob'],
      ['edit', 'ann', 'team'],
      ['edit', 'm', 'deployments'],
      ['enable', 'm'],
      ['edit', 'ci of ann', 'allowed_models'],
      ['create', 'new of bob'],
      ['create', 'gone of ann'],
    ]);
  });

  it('sends a secret when there is none, or when asked to', () => {
    const desired = { providers: [{ name: 'Acme', api_key: { env: 'X' } }] };
    const without = current();
    without.providers[0].has_api_key = false;
    assert.deepEqual(brief(plan(desired, without)), [['edit', 'Acme', 'api_key']]);
    assert.deepEqual(brief(plan(desired, current(), { rotateSecrets: true })), [['edit', 'Acme', 'api_key']]);
    assert.deepEqual(brief(plan(desired, current())), [['same', 'Acme']]);
  });

  it('tells a key of a person from one of a team', () => {
    const desired = { api_keys: [{ name: 'ci', team: 'crew', scopes: ['models'] }, { name: 'ci', user: 'ann' }, { name: 'old', team: 'Crew' }] };
    assert.deepEqual(brief(plan(desired, current(), { prune: true })), [
      ['edit', 'ci of team crew', 'scopes'],
      ['same', 'ci of ann'],
      ['create', 'old of team Crew'],
      ['disable', 'old of ann'],
      ['disable', 'former of team Crew'],
    ]);
  });

  it('edits the settings that the file names and that are otherwise', () => {
    const settings = { version: 4, max_attempts: 2, response_cache: false, default_key_limits: { concurrency: 5 } };
    const desired = { settings: { max_attempts: 3, response_cache: false, default_key_limits: null, reserved_completion_tokens: null } };
    assert.deepEqual(brief(plan(desired, { ...current(), settings })), [['edit', 'of the platform', 'max_attempts,default_key_limits']]);
    assert.deepEqual(brief(plan({ settings: { max_attempts: 2 } }, { ...current(), settings })), [['same', 'of the platform']]);
  });

  it('tells what cannot be', () => {
    const twins = current();
    twins.api_keys.push({ ...twins.api_keys[0], id: 'key_5' });
    assert.deepEqual(brief(plan({ api_keys: [{ name: 'ci', user: 'ann' }] }, twins)), [
      ['impossible', 'ci of ann', '2 of that name exist; rename all but one'],
    ]);
    assert.deepEqual(brief(plan({ providers: [{ name: 'Acme', type: 'anthropic' }] }, current())), [
      ['impossible', 'Acme', 'type cannot be changed from openai to anthropic'],
    ]);
  });

  it('leaves what is not in the file alone, unless it prunes: then keys first, never oneself, nobody else’s keys', () => {
    const desired = { teams: [], users: [], api_keys: [{ name: 'ci', user: 'ann' }] };
    assert.deepEqual(brief(plan(desired, current())), [['same', 'ci of ann']]);
    assert.deepEqual(brief(plan(desired, current(), { prune: true, self: 'usr_2' })), [
      ['same', 'ci of ann'],
      ['disable', 'old of ann'],
      ['disable', 'ann'],
      ['disable', 'Crew'],
    ]);
  });
});
