// Things that happen at the same time, and things that must happen soon.
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { createUser, issueKey, listModels, secret, unique } from '../lib/fixtures.mjs';
import { Management } from '../lib/management.mjs';
import { assertOpenAiError, assertProblem } from '../lib/refusal.mjs';
import { eventually } from '../lib/wait.mjs';

const BOUND = 1_000;
let admin;

before(async () => {
  admin = await Management.login();
});

/** How long after `act` is answered the key was last taken, asked all the time from before until well after the bound. */
async function refusedAfter(key, act) {
  let accepted;
  let lastTaken = 0;
  let firstRefused;
  const deadline = performance.now() + 10_000;
  const acting = act().then(() => (accepted = performance.now()));
  while (performance.now() < deadline && !(accepted && performance.now() > accepted + BOUND + 500)) {
    const asked = performance.now();
    const { status } = await listModels(key);
    if (status === 200) {
      lastTaken = asked;
    } else {
      firstRefused ??= performance.now();
    }
  }
  await acting;
  assert.ok(firstRefused, 'the key was never refused');
  assert.ok(lastTaken < firstRefused, 'taken again after a refusal');
  return Math.max(0, Math.round(firstRefused - accepted));
}

describe('a key is refused soon', () => {
  const cases = {
    'once it is revoked': (issued) => admin.write('POST', `api-keys/${issued.id}/revoke`),
    'once it is disabled': (issued) => admin.write('POST', `api-keys/${issued.id}/disable`),
    'once its owner is disabled': (issued, owner) => admin.write('POST', `users/${owner.id}/disable`),
    'once it is rotated without an overlap': (issued) => admin.write('POST', `api-keys/${issued.id}/rotate`, { overlap_seconds: 0 }),
    "once the team whose service key it is is disabled": (issued, owner, team) => admin.write('POST', `teams/${team.id}/disable`),
  };
  for (const [when, act] of Object.entries(cases)) {
    it(`${when}, within ${BOUND} ms`, async (t) => {
      for (let round = 1; round <= 2; round++) {
        const owner = await createUser(admin);
        const team = when.includes('service key') ? await admin.create('teams', { name: unique('team') }) : undefined;
        const issued = await issueKey(admin, team ? { team_id: team.id } : { user_id: owner.id });
        const ms = await refusedAfter(issued.key, () => act(issued, owner, team));
        t.diagnostic(`round ${round}: refused after ${ms} ms`);
        assert.ok(ms <= BOUND, `${ms} ms`);
        assertOpenAiError(await listModels(issued.key), 401, 403);
      }
    });
  }

  it('and a disabled one is taken again once it is enabled, a revoked one never', async () => {
    const issued = await issueKey(admin);
    await admin.write('POST', `api-keys/${issued.id}/disable`);
    await eventually('refused', async () => (await listModels(issued.key)).status === 401);
    await admin.write('POST', `api-keys/${issued.id}/enable`);
    await eventually('taken again', async () => (await listModels(issued.key)).status === 200);
    await admin.write('POST', `api-keys/${issued.id}/revoke`);
    assertProblem(await admin.request('POST', `api-keys/${issued.id}/enable`), 409);
  });

  it('and the login of a disabled user too', async () => {
    const { id, credentials } = await createUser(admin);
    const person = await Management.login(credentials);
    await admin.write('POST', `users/${id}/disable`);
    await eventually('old token refused', async () => (await person.request('GET', 'api-keys')).status === 401, { within: 3_000 });
    assertProblem(await admin.request('POST', 'auth/login', credentials), 401, 403);
  });
});

describe('one user name', () => {
  it('is won by one of two who want it at once', async () => {
    for (let round = 0; round < 5; round++) {
      const username = unique('race');
      const want = (name) => admin.request('POST', 'users', { username: name, password: secret('pw') });
      const answers = await Promise.all([want(username), want(username.toUpperCase())]);
      assert.deepEqual(answers.map((answer) => answer.status).sort(), [201, 409], answers.map((answer) => answer.text).join());
      assertProblem(answers.find((answer) => answer.status === 409), 409);
      const winner = answers.find((answer) => answer.status === 201);
      const found = await admin.get(`users?q=${username}`, winner.headers['x-consistency-token']);
      assert.deepEqual(found.data.map((user) => user.id), [winner.json.id]);
    }
  });

  it('is won by one of eight', async () => {
    const username = unique('race');
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => admin.request('POST', 'users', { username, password: secret('pw') })),
    );
    assert.deepEqual(answers.map((answer) => answer.status).sort(), [201, ...Array(7).fill(409)]);
  });

  it('of a model likewise', async () => {
    const { id: provider } = await admin.create('providers', { name: unique('race'), type: 'mock' });
    const model = { name: unique('race'), deployments: [{ provider_id: provider, upstream_model: 'm', weight: 1 }] };
    const answers = await Promise.all([1, 2, 3].map(() => admin.request('POST', 'models', model)));
    assert.deepEqual(answers.map((answer) => answer.status).sort(), [201, 409, 409]);
  });
});

describe('one key', () => {
  it('that two edit at once, from the same version, is edited once', async () => {
    const { id } = await admin.create('api-keys', { name: unique('edited') });
    const edit = () => admin.request('PATCH', `api-keys/${id}`, { name: unique('edited') }, { 'if-match': '"0"' });
    const answers = await Promise.all([edit(), edit()]);
    assert.deepEqual(answers.map((answer) => answer.status).sort(), [200, 409]);
  });
});
