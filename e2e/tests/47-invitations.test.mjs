// One-time links: from the answer that shows one, to the person who chooses a password and logs in.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { launch, open, shoot } from '../lib/browser.mjs';
import { Console } from '../lib/console.mjs';
import { demo, env } from '../lib/env.mjs';
import { listModels, secret, unique } from '../lib/fixtures.mjs';
import { Management } from '../lib/management.mjs';
import { remember } from '../lib/planted.mjs';
import { assertProblem } from '../lib/refusal.mjs';
import { eventually } from '../lib/wait.mjs';

let admin;
const nobody = Management.anonymous();
const accept = (token, password) => nobody.request('POST', 'auth/invitations/accept', { token, password });

async function invite(fields = {}) {
  const username = unique('invited');
  const created = await admin.create('users', { username, ...fields });
  return { ...created, username, linkToken: remember(created.invitation.token) };
}

before(async () => {
  admin = await Management.login();
});

describe('an invitation', () => {
  it('lets its person choose a password once, and is told in the audit log without the token', async () => {
    const person = await invite({ role: 'manager', display_name: 'Newcomer' });
    assert.equal(person.invitation.link, `/invitation#${person.linkToken}`);
    const shown = await admin.get(`users/${person.id}`, person.token);
    assert.equal(shown.invited_until, person.invitation.expires_at);
    const password = secret('pw');
    const accepted = await accept(person.linkToken, password);
    assert.deepEqual([accepted.status, accepted.json.username], [200, person.username], accepted.text);
    const login = await Management.login({ username: person.username, password });
    assert.equal(login.user.role, 'manager');
    assertProblem(await accept(person.linkToken, secret('pw')), 400);
    const after = await admin.get(`users/${person.id}`, accepted.headers['x-consistency-token']);
    assert.equal(after.invited_until, undefined);

    const { value: events } = await eventually('both events', async () => {
      const { data } = await admin.get(`audit/events?entity_id=${person.id}`);
      return data.length === 3 && data;
    });
    assert.deepEqual(events.map((event) => event.type), ['user.InvitationAccepted', 'user.UserInvited', 'user.UserCreated']);
    assert.deepEqual([events[0].actor.id, events[1].actor.id], [person.id, admin.user.id]);
    assert.deepEqual(events[0].changes, [{ field: 'password', after: 'changed' }]);
    assert.ok(!JSON.stringify(events).includes(person.linkToken.slice(4)));
  });

  it('dies with a newer one, with a password that an administrator sets, and with the disabling of its person', async () => {
    const person = await invite();
    const newer = await admin.write('POST', `users/${person.id}/invite`);
    remember(newer.invitation.token);
    assertProblem(await accept(person.linkToken, secret('pw')), 400);
    await admin.write('POST', `users/${person.id}/password`, { password: secret('pw') });
    assertProblem(await accept(newer.invitation.token, secret('pw')), 400);

    const other = await invite();
    await admin.write('POST', `users/${other.id}/disable`);
    assertProblem(await accept(other.linkToken, secret('pw')), 400);
    assertProblem(await admin.request('POST', `users/${other.id}/invite`), 409);
  });

  it('is for nobody who has only heard of it', async () => {
    const refused = await accept(`inv_${'A'.repeat(43)}`, secret('pw'));
    assertProblem(refused, 400);
    assert.equal(refused.json.errors[0].field, 'token');
    const person = await invite();
    assertProblem(await nobody.request('POST', 'auth/login', { username: person.username, password: '' }), 400, 401);
    assertProblem(await nobody.request('POST', `users/${person.id}/invite`), 401);
    assertProblem(await accept(person.linkToken, person.username), 400);
  });
});

describe('in the console', () => {
  let browser;

  before(async () => {
    browser = await launch();
  });

  after(() => browser?.close());

  it('an administrator hands over a link, the person chooses a password, makes a key and rotates it', async () => {
    const { page, context, complaints } = await open(browser, 'en');
    const ui = new Console(page);
    const username = unique('linked');
    await ui.login(demo.admin);
    await ui.open('users');
    await ui.at('user-create').click();
    await ui.at('user-username').fill(username);
    await ui.at('range-link').click();
    await ui.at('user-submit').click();
    const link = (await ui.at('invitation-link').textContent()).trim();
    remember(link.split('#')[1]);
    assert.ok(link.startsWith(`${env.console}/invitation#inv_`), link);
    await shoot(page, 'invitation-link.en');
    await ui.at('invitation-done').click();
    await context.close();

    const guest = await open(browser, 'zh-CN');
    const theirs = new Console(guest.page);
    const password = secret('pw');
    await guest.page.goto(link.slice(env.console.length));
    await theirs.at('invitation-password').fill(password);
    await theirs.at('invitation-again').fill(password);
    await shoot(guest.page, 'invitation.zh-CN');
    await theirs.at('invitation-submit').click();
    await theirs.at('invitation-accepted').filter({ hasText: username }).waitFor();
    await theirs.at('invitation-login').click();
    await theirs.at('login-username').waitFor();
    await theirs.login({ username, password });
    await theirs.open('api-keys');
    const { id, key } = await theirs.createKey(unique('own'));
    remember(key);
    await theirs.at(`key-row-${id}`).getByTestId('key-rotate').click();
    await shoot(guest.page, 'key-rotate.zh-CN');
    await theirs.at('key-rotate-submit').click();
    await theirs.at('key-previous-until').waitFor();
    const rotated = (await theirs.at('key-value').textContent()).trim();
    remember(rotated);
    assert.notEqual(rotated, key);
    await theirs.at('key-done').click();
    await eventually('the new key works', async () => (await listModels(rotated)).status === 200);
    assert.equal((await listModels(key)).status, 200, 'the old one for a day');
    await guest.context.close();
    assert.deepEqual([...complaints, ...guest.complaints], []);
  });
});
