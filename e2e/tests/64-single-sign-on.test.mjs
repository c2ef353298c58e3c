// Single sign-on at a real OpenID provider, in a real browser, and what somebody might try with its answers.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { code } from '../lib/authenticator.mjs';
import { launch, open, shoot } from '../lib/browser.mjs';
import { Console } from '../lib/console.mjs';
import { demo } from '../lib/env.mjs';
import { createUser, secret, unique } from '../lib/fixtures.mjs';
import { startFront } from '../lib/front.mjs';
import { client, IdentityProvider } from '../lib/identity-provider.mjs';
import { freePort, startInstance } from '../lib/instances.mjs';
import { Management } from '../lib/management.mjs';
import { send } from '../lib/http.mjs';
import { remember } from '../lib/planted.mjs';
import { eventually } from '../lib/wait.mjs';
import { Walker } from '../lib/walker.mjs';

const OIDC = '/api/admin/v1/auth/oidc';
const COOKIE = 'llm_platform_sso';
let admin;
let provider;
let instance;
let front;
let browser;

before(async () => {
  admin = await Management.login();
  const frontPort = await freePort();
  const redirectUrl = `http://127.0.0.1:${frontPort}${OIDC}/callback`;
  provider = new IdentityProvider(await freePort(), redirectUrl);
  instance = await startInstance({
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: client.client_id,
    OIDC_CLIENT_SECRET: remember(client.client_secret),
    OIDC_REDIRECT_URL: redirectUrl,
    OIDC_NAME: 'Example ID',
    OIDC_ROLE_MAP: 'llm-admins=admin,llm-auditors=auditor,llm-users=member',
    OIDC_DEFAULT_ROLE: 'none',
  });
  front = await startFront(frontPort, () => instance.url);
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await front?.stop();
  await instance?.kill();
  await provider?.stop();
});

/** Somebody whom the provider knows. */
function person(groups, username = unique('sso')) {
  const subject = unique('subject');
  provider.people.set(subject, { name: 'Sonia Single', preferred_username: username, email: `${username}@example.org`, groups });
  return { subject, username };
}

/** As far as the address by which the provider sends the browser back. */
async function atCallback(subject, walker = new Walker()) {
  const form = await walker.follow(`${front.url}${OIDC}/start?next=/profile`, (url) => url.includes('/interaction/'));
  const accepted = await walker.go(form, { method: 'POST', body: `login=${subject}` });
  const callback = await walker.follow(accepted.location, (url) => url.includes(`${OIDC}/callback`));
  return { walker, callback };
}

async function ends(subject) {
  const { walker, callback } = await atCallback(subject);
  const answer = await walker.go(callback);
  assert.equal(answer.status, 303, answer.text);
  const end = new URL(answer.location).searchParams.get('sso');
  assert.equal(walker.cookie('llm_platform_refresh') !== undefined, end === 'done', `after ${end}`);
  assert.equal(walker.cookie(COOKIE), '', 'the proof is gone');
  return end;
}

const find = async (username) => (await admin.get(`users?q=${username}`)).data.find((user) => user.username === username);

async function failure(reason) {
  await eventually(`a failed login for ${reason}`, async () => {
    const { data } = await admin.get('audit/events?entity_type=login&limit=20');
    return data.some((event) => event.changes.some(({ after }) => after === reason));
  });
}

describe('single sign-on', () => {
  it('with the provider away says so, and passwords go on working', async () => {
    const away = await send(`${front.url}${OIDC}/start?next=/usage`);
    assert.equal(away.headers.location, '/login?sso=unavailable&next=%2Fusage');
    const { page, context } = await open(browser, 'en');
    await page.goto(`${front.url}/login?sso=unavailable`);
    await page.getByTestId('login-error').filter({ hasText: 'not available' }).waitFor();
    await new Console(page).enter(demo.user);
    await page.getByTestId('dashboard-requests').waitFor();
    await context.close();
    await provider.start();
  });

  it('is no open redirect', async () => {
    for (const next of ['//evil.example', 'https://evil.example', '/\\\\evil.example', '/%09/evil.example']) {
      const walker = new Walker();
      await eventually('the provider is asked again', async () =>
        (await walker.go(`${front.url}${OIDC}/start?next=${encodeURIComponent(next)}`)).location.startsWith(provider.issuer));
      const refused = await walker.go(`${front.url}${OIDC}/callback?state=x&code=y`);
      assert.equal(new URL(refused.location).origin, front.url);
    }
  });

  for (const language of ['en', 'zh-CN']) {
    it(`leads from the button to the provider and back into the console (${language})`, async () => {
      const { subject, username } = person(['staff', 'llm-auditors']);
      const { page, context, complaints } = await open(browser, language);
      await page.goto(`${front.url}/audit`);
      await page.getByTestId('login-sso').waitFor();
      await shoot(page, `login-sso.${language}`);
      await page.getByTestId('login-sso').click();
      await page.locator('input[name=login]').fill(subject);
      await page.getByTestId('provider-submit').click();
      await page.waitForURL(`${front.url}/audit`);
      await page.getByTestId('user-menu').filter({ hasText: 'Sonia Single' }).waitFor();
      await page.reload();
      await page.getByTestId('user-menu').waitFor();
      await context.close();
      const expected = [provider.issuer, front.url];
      assert.deepEqual(complaints.filter((line) => !(line.startsWith('foreign origin') && expected.some((url) => line.includes(url)))), []);

      const { value: user } = await eventually('the new account', () => find(username));
      assert.deepEqual([user.role, user.display_name, user.email], ['auditor', 'Sonia Single', `${username}@example.org`]);
      const { value: events } = await eventually('its audit entries', async () => {
        const { data } = await admin.get(`audit/events?entity_id=${user.id}`);
        return data.length === 2 && data;
      });
      assert.deepEqual(events.map((event) => event.type), ['user.IdentityLinked', 'user.UserCreated']);
      assert.deepEqual(events.map((event) => [event.actor.type, event.actor.id]), [['system', 'sso'], ['system', 'sso']]);
    });
  }

  it('follows the groups of the provider at each login', async () => {
    const { subject, username } = person(['llm-users']);
    assert.equal(await ends(subject), 'done');
    const { value: user } = await eventually('the account', () => find(username));
    provider.people.get(subject).groups = ['llm-users', 'llm-admins'];
    assert.equal(await ends(subject), 'done');
    await eventually('the first of the map counts', async () => (await find(username)).role === 'admin');
    const { value: edited } = await eventually('the audit entry', async () => {
      const { data } = await admin.get(`audit/events?entity_id=${user.id}`);
      return data.find((event) => event.type === 'user.UserEdited');
    });
    assert.deepEqual([edited.actor.id, edited.changes], ['sso', [{ field: 'role', before: 'member', after: 'admin' }]]);

    provider.people.get(subject).groups = [];
    assert.equal(await ends(subject), 'no-role');
    await failure('sso_no_role');
    provider.people.get(subject).groups = ['llm-users'];
    assert.equal(await ends(subject), 'done');
    await eventually('a member again', async () => (await find(username)).role === 'member');
  });

  it('takes over no account of the same name before an administrator has linked it, and then asks for no code', async () => {
    const local = await createUser(admin);
    const own = await Management.login(local.credentials);
    const begun = await own.write('POST', 'auth/second-factor', { password: local.credentials.password }, 201);
    const confirmed = await own.write('POST', 'auth/second-factor/confirm', { code: code(remember(begun.secret)) });
    confirmed.recovery_codes.forEach(remember);
    const { subject } = person(['llm-users'], local.credentials.username);
    assert.equal(await ends(subject), 'name-taken');
    await failure('sso_name_taken');

    const { page, context, complaints } = await open(browser, 'en');
    const ui = new Console(page);
    await page.goto(`${front.url}/users/${local.id}`);
    await ui.enter(demo.admin);
    await ui.at('identity-link').click();
    await ui.at('identity-subject').fill(subject);
    await shoot(page, 'identity-link.en');
    await ui.at('identity-submit').click();
    await ui.at('identity-submit').waitFor({ state: 'hidden' });
    assert.equal(await ends(subject), 'done');
    await Management.login({ ...local.credentials, code: code(begun.secret, 1) });

    await ui.at('identity-unlink').click();
    await ui.at('confirm-ok').click();
    await eventually('it is nobody’s any more', async () => (await ends(subject)) === 'name-taken');
    await context.close();
    assert.deepEqual(complaints.filter((line) => !(line.startsWith('foreign origin') && line.includes(front.url))), []);
    const { value: told } = await eventually('both audit entries', async () => {
      const { data } = await admin.get(`audit/events?entity_id=${local.id}`);
      const links = data.filter((event) => event.type.startsWith('user.Identity'));
      return links.length === 2 && links;
    });
    assert.deepEqual(told.map((event) => [event.type, event.actor.id]), [
      ['user.IdentityUnlinked', admin.user.id],
      ['user.IdentityLinked', admin.user.id],
    ]);
    assert.deepEqual(told[1].changes, [{ field: 'issuer', after: provider.issuer }, { field: 'subject', after: subject }]);
  });

  it('keeps out who is disabled, and gives nobody a password', async () => {
    const { subject, username } = person(['llm-users']);
    assert.equal(await ends(subject), 'done');
    const { value: user } = await eventually('the account', () => find(username));
    await admin.write('POST', `users/${user.id}/disable`);
    assert.equal(await ends(subject), 'disabled');
    await failure('user_disabled');
    await admin.write('POST', `users/${user.id}/enable`);
    assert.equal(await ends(subject), 'done');
    const password = secret('pw');
    const refused = await Management.anonymous().request('POST', 'auth/login', { username, password });
    assert.equal(refused.status, 401, 'an account without a password');
  });

  it('refuses answers of other logins, and each answer the second time', async () => {
    const { subject } = person(['llm-users']);
    const first = await atCallback(subject);
    const sso = async (walker, url) => new URL((await walker.go(url)).location).searchParams.get('sso');

    assert.equal(await sso(new Walker(), first.callback), 'refused', 'without the cookie');
    const other = new Walker();
    await other.go(`${front.url}${OIDC}/start`);
    assert.equal(await sso(other, first.callback), 'refused', 'with the cookie of another login');
    await failure('sso_refused');

    const second = await atCallback(subject);
    const kept = second.walker.cookie(COOKIE);
    const mixed = new URL(second.callback);
    mixed.searchParams.set('code', new URL((await atCallback(subject)).callback).searchParams.get('code'));
    second.walker.setCookie(front.url, COOKIE, kept, OIDC);
    assert.equal(await sso(second.walker, mixed.href), 'refused', 'with the code of another login');
    second.walker.setCookie(front.url, COOKIE, kept, OIDC);
    assert.equal(await sso(second.walker, second.callback), 'done');
    assert.equal(await sso(second.walker, second.callback), 'refused', 'again, the cookie is gone');
    second.walker.setCookie(front.url, COOKIE, kept, OIDC);
    assert.equal(await sso(second.walker, second.callback), 'refused', 'again, with a copy of the cookie');
    second.walker.setCookie(front.url, COOKIE, `1.${kept}`, OIDC);
    assert.equal(await sso(second.walker, second.callback), 'refused', 'with a made-up cookie');
  });

  it('tells that the provider has gone in the middle of a login', async () => {
    const { subject } = person(['llm-users']);
    const { walker, callback } = await atCallback(subject);
    await provider.stop();
    const answer = await walker.go(callback);
    assert.equal(new URL(answer.location).searchParams.get('sso'), 'unavailable');
    await Management.login();
  });
});
