// A team with a manager, its members and its keys: who sees and handles what, keys for machines, keys that are rotated.
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { ask, post } from '../lib/chat.mjs';
import { createUser, issueKey, listModels, unique } from '../lib/fixtures.mjs';
import { Management } from '../lib/management.mjs';
import { remember } from '../lib/planted.mjs';
import { assertOpenAiError, assertProblem } from '../lib/refusal.mjs';
import { eventually } from '../lib/wait.mjs';

let admin;
let manager;
let member;
let outsider;
let team;

const audit = async (entity, type) => {
  const { value } = await eventually(`${type} in the audit log`, async () =>
    (await admin.get(`audit/events?entity_id=${entity}&type=${type}`)).data[0],
  );
  return value;
};
const change = (entry, field) => entry.changes.find((one) => one.field === field);

before(async () => {
  admin = await Management.login();
  team = await admin.create('teams', { name: unique('crew') });
  const [boss, worker, other] = [await createUser(admin, 'manager'), await createUser(admin), await createUser(admin)];
  await admin.write('POST', `teams/${team.id}/members`, { user_id: worker.id });
  const named = await admin.write('POST', `teams/${team.id}/managers`, { user_id: boss.id });
  manager = await Management.login(boss.credentials);
  member = await Management.login(worker.credentials);
  outsider = await Management.login(other.credentials);
  await manager.get('teams', named.token);
});

describe('a manager', () => {
  it('is told in the audit log and at the team', async () => {
    const added = await audit(team.id, 'team.TeamManagerAdded');
    assert.equal(change(added, 'user_id').after, manager.user.id);
    const joined = await audit(member.user.id, 'user.UserEdited');
    assert.equal(change(joined, 'team_id').after, team.id);
    const [seen] = (await manager.get('teams')).data;
    assert.deepEqual([seen.id, seen.managers], [team.id, [{ user_id: manager.user.id, username: manager.user.username }]]);
  });

  it('sees the members, keys and usage of the team, and nothing of others', async () => {
    assert.deepEqual(new Set((await manager.get('users')).data.map((user) => user.id)), new Set([manager.user.id, member.user.id]));
    const own = await issueKey(member, {});
    const foreign = await issueKey(outsider, {});
    const answer = await post(own.key, { model: 'gpt-4o', messages: ask('For the crew') });
    assert.equal((await post(foreign.key, { model: 'gpt-4o', messages: ask('Not for them') })).status, 200);
    const keys = (await manager.get('api-keys', foreign.token)).data.map((key) => key.id);
    assert.ok(keys.includes(own.id) && !keys.includes(foreign.id));
    assertProblem(await manager.request('GET', `api-keys/${foreign.id}`), 404);
    assertProblem(await manager.request('GET', `users/${outsider.user.id}`), 403);
    const { value: rows } = await eventually('the call of the member', async () => {
      const { data } = await manager.get('usage/requests');
      return data.some((row) => row.request_id === answer.headers['x-request-id']) && data;
    });
    assert.deepEqual(new Set(rows.map((row) => row.team_id)), new Set([team.id]));
    await eventually('the summary', async () => (await manager.get('usage/summary')).requests === rows.length);
    assertProblem(await manager.request('GET', 'audit/events'), 403);
  });

  it('handles keys of the members, without undoing what an administrator did', async () => {
    const own = await member.create('api-keys', { name: unique('own') });
    await manager.write('PATCH', `api-keys/${own.id}`, { limits: { requests_per_minute: 5 } });
    assertProblem(await member.request('PATCH', `api-keys/${own.id}`, { limits: null }), 403);
    await manager.write('POST', `api-keys/${own.id}/disable`);
    assertProblem(await member.request('POST', `api-keys/${own.id}/enable`), 403);
    await manager.write('POST', `api-keys/${own.id}/enable`);
    await admin.write('POST', `api-keys/${own.id}/disable`);
    assertProblem(await manager.request('POST', `api-keys/${own.id}/enable`), 403);
    assertProblem(await manager.request('PATCH', `api-keys/${own.id}`, { metadata: { tier: 'gold' } }), 403);
    const { value: disabled } = await eventually('both in the audit log', async () => {
      const { data } = await admin.get(`audit/events?entity_id=${own.id}&type=api_key.ApiKeyDisabled`);
      return data.length === 2 && data;
    });
    assert.deepEqual(disabled.map((entry) => entry.actor.id), [admin.user.id, manager.user.id]);
  });

  it('changes nothing else, and nothing at all once the role is gone', async () => {
    assertProblem(await manager.request('PATCH', `teams/${team.id}`, { limits: null }), 403);
    assertProblem(await manager.request('POST', `teams/${team.id}/members`, { user_id: outsider.user.id }), 403);
    assertProblem(await manager.request('POST', 'api-keys', { name: 'x', user_id: outsider.user.id }), 403);
    const key = await manager.create('api-keys', { name: unique('robot'), team_id: team.id });
    const demoted = await admin.write('PATCH', `users/${manager.user.id}`, { role: 'member' });
    assertProblem(await manager.request('POST', `api-keys/${key.id}/revoke`), 404);
    await eventually('sees themselves only', async () =>
      (await manager.get('users', demoted.token)).data.length === 1, { within: 3_000 });
    await admin.write('PATCH', `users/${manager.user.id}`, { role: 'manager' });
    await eventually('sees the team again', async () => (await manager.get('users')).data.length === 2, { within: 3_000 });
    await manager.write('POST', `api-keys/${key.id}/revoke`);
  });
});

describe('a service key', () => {
  it('belongs to the team and works under its budget; its usage is the team’s and nobody’s', async () => {
    const issued = await issueKey(manager, { team_id: team.id });
    const key = await manager.get(`api-keys/${issued.id}`, issued.token);
    assert.deepEqual([key.kind, key.team_id, key.user_id], ['service', team.id, undefined]);
    assert.match(key.team_name, /^crew-/);
    const answer = await post(issued.key, { model: 'gpt-4o', messages: ask('I am a machine') });
    assert.equal(answer.status, 200, answer.text);
    const id = answer.headers['x-request-id'];
    const { value: row } = await eventually('row', async () => (await manager.get(`usage/requests?request_id=${id}`)).data[0]);
    assert.deepEqual([row.team_id, row.user_id, row.api_key_id], [team.id, undefined, issued.id]);
    assert.equal(change(await audit(issued.id, 'api_key.ServiceKeyIssued'), 'team_id').after, team.id);
    assertProblem(await member.request('GET', `api-keys/${issued.id}`), 404);

    await admin.write('PATCH', `teams/${team.id}`, { budgets: [{ period: 'day', amount: 0.0000000001, currency: 'USD' }] });
    const { value: refused } = await eventually('the budget of the team', async () => {
      const tried = await post(issued.key, { model: 'gpt-4o', messages: ask('One more') });
      return tried.status === 429 && tried;
    });
    assertOpenAiError(refused, 429);
    await admin.write('PATCH', `teams/${team.id}`, { budgets: null });
  });
});

describe('a rotated key', () => {
  it('works beside the one before until the overlap is over', async () => {
    const issued = await issueKey(member, {});
    const rotated = await member.write('POST', `api-keys/${issued.id}/rotate`, { overlap_seconds: 4 });
    remember(rotated.key);
    const end = Date.parse(rotated.previous_until);
    await eventually('the new key works', async () => (await listModels(rotated.key)).status === 200);
    assert.equal((await listModels(issued.key)).status, 200, 'in the overlap');
    const key = await member.get(`api-keys/${issued.id}`, rotated.token);
    assert.deepEqual([key.prefix, key.previous_prefix, key.version], [rotated.key.slice(0, 15), issued.key.slice(0, 15), 1]);
    await eventually('the old key is refused', async () => (await listModels(issued.key)).status === 401);
    assert.ok(Date.now() >= end, 'not before its instant');
    assert.ok(Date.now() < end + 1_000, `${Date.now() - end} ms after its instant`);
    assert.equal((await listModels(rotated.key)).status, 200);
    const entry = await audit(issued.id, 'api_key.ApiKeyRotated');
    assert.deepEqual(
      [change(entry, 'prefix').after, change(entry, 'previous_prefix').after, change(entry, 'previous_until').after],
      [rotated.key.slice(0, 15), issued.key.slice(0, 15), rotated.previous_until],
    );
    assert.ok(!JSON.stringify(entry).includes('hash'), 'no hash is shown');
  });

  it('stops with all its secrets when it is revoked', async () => {
    const issued = await issueKey(member, {});
    const rotated = await member.write('POST', `api-keys/${issued.id}/rotate`, { overlap_seconds: 3_600 });
    remember(rotated.key);
    await eventually('the new key works', async () => (await listModels(rotated.key)).status === 200);
    await member.write('POST', `api-keys/${issued.id}/revoke`);
    for (const key of [issued.key, rotated.key]) {
      await eventually('refused', async () => (await listModels(key)).status === 401, { within: 1_000 });
    }
    assertProblem(await member.request('POST', `api-keys/${issued.id}/rotate`, { overlap_seconds: 0 }), 409);
    assertProblem(await outsider.request('POST', `api-keys/${issued.id}/rotate`, { overlap_seconds: 0 }), 404);
  });
});
