// Two-step login: enrolled with an authenticator app, asked for at each login, used once, removed; told in the audit log.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { code } from '../lib/authenticator.mjs';
import { launch, open, shoot } from '../lib/browser.mjs';
import { Console } from '../lib/console.mjs';
import { createUser } from '../lib/fixtures.mjs';
import { Management } from '../lib/management.mjs';
import { remember } from '../lib/planted.mjs';
import { assertProblem } from '../lib/refusal.mjs';
import { eventually } from '../lib/wait.mjs';

const PATH = 'auth/second-factor';
const nobody = Management.anonymous();
let admin;

before(async () => {
  admin = await Management.login();
});

/** Somebody with an app; `first` is the code that is used up. */
async function enrolled(role) {
  const { id, credentials } = await createUser(admin, role);
  const person = await Management.login(credentials);
  const begun = await person.write('POST', PATH, { password: credentials.password }, 201);
  remember(begun.secret);
  const first = code(begun.secret);
  const confirmed = await person.write('POST', `${PATH}/confirm`, { code: first });
  confirmed.recovery_codes.forEach(remember);
  return { id, credentials, person, secret: begun.secret, first, recoveryCodes: confirmed.recovery_codes, token: confirmed.token };
}

const tryLogin = (credentials, typed) => nobody.request('POST', 'auth/login', { ...credentials, code: typed });

function assertRefused(answer, type) {
  assertProblem(answer, 401);
  assert.equal(answer.json.type, `urn:llm-platform:problem:${type}`);
}

async function trail(id, count) {
  const { value } = await eventually(`${count} entries about ${id}`, async () => {
    const { data } = await admin.get(`audit/events?entity_id=${id}`);
    return data.length === count && data;
  });
  return value.reverse();
}

describe('a second factor', () => {
  it('is asked for at each login, and each code counts once', async () => {
    const { id, credentials, secret, first, token } = await enrolled();
    assert.equal((await admin.get(`users/${id}`, token)).second_factor, true);
    assertRefused(await tryLogin(credentials), 'second-factor-needed');
    assertRefused(await tryLogin(credentials, first), 'second-factor-refused');
    assertRefused(await tryLogin({ ...credentials, password: 'nonsense' }, code(secret, 1)), 'not-logged-in');
    const next = code(secret, 1);
    const person = await Management.login({ ...credentials, code: next });
    assert.equal(person.user.id, id);
    assertRefused(await tryLogin(credentials, next), 'second-factor-refused');

    const { value: failures } = await eventually('the refused logins', async () => {
      const { data } = await admin.get('audit/events?entity_type=login&limit=50');
      const mine = data.filter((event) => event.changes.some(({ after }) => after === id));
      return mine.length === 3 && mine;
    });
    const reasons = failures.map((event) => event.changes.find(({ field }) => field === 'reason').after);
    assert.deepEqual(reasons.reverse(), ['replayed_code', 'wrong_password', 'replayed_code']);
    const events = await trail(id, 2);
    assert.equal(events[1].type, 'user.SecondFactorEnrolled');
    assert.equal(events[1].actor.id, id);
    assert.deepEqual(events[1].changes, [{ field: 'second_factor', before: 'off', after: 'on' }]);
    assert.ok(!JSON.stringify([events, failures]).includes(secret));
  });

  it('is stood in for by a recovery code, once', async () => {
    const { id, credentials, person, recoveryCodes } = await enrolled();
    assert.equal(recoveryCodes.length, 10);
    await Management.login({ ...credentials, code: recoveryCodes[0] });
    assertRefused(await tryLogin(credentials, recoveryCodes[0]), 'second-factor-refused');
    assert.equal((await person.get(PATH)).recovery_codes_left, 9);
    const events = await trail(id, 3);
    assert.equal(events[2].type, 'user.RecoveryCodeUsed');
    assert.deepEqual(events[2].changes, [{ field: 'recovery_codes_left', after: 9 }]);
  });

  it('is removed by an administrator who says why, and by its person', async () => {
    const { id, credentials, person } = await enrolled('manager');
    assertProblem(await admin.request('POST', `users/${id}/second-factor/remove`, {}), 400);
    assertProblem(await person.request('POST', `users/${id}/second-factor/remove`, { reason: 'mine' }), 403);
    const removed = await admin.write('POST', `users/${id}/second-factor/remove`, { reason: '手机丢失' });
    assert.equal((await admin.get(`users/${id}`, removed.token)).second_factor, false);
    await Management.login(credentials);
    const events = await trail(id, 3);
    assert.deepEqual([events[2].type, events[2].actor.id, events[2].reason], ['user.SecondFactorRemoved', admin.user.id, '手机丢失']);
    assert.deepEqual(events[2].changes, [
      { field: 'second_factor', before: 'on', after: 'off' },
      { field: 'by', after: 'administrator' },
    ]);

    const again = await enrolled();
    assertProblem(await again.person.request('POST', `${PATH}/remove`, { password: 'nonsense' }), 400);
    await again.person.write('POST', `${PATH}/remove`, { code: code(again.secret, 1) });
    await Management.login(again.credentials);
  });
});

describe('in the console', () => {
  let browser;

  before(async () => {
    browser = await launch();
  });

  after(() => browser?.close());

  for (const language of ['en', 'zh-CN']) {
    it(`a person turns it on, logs in with it, and turns it off (${language})`, async () => {
      const { credentials } = await createUser(admin);
      const { page, context, complaints } = await open(browser, language);
      const ui = new Console(page);
      await ui.login(credentials);
      await ui.open('profile');
      await ui.at('factor-off').waitFor();
      await shoot(page, `factor-off.${language}`);
      await ui.at('factor-set-up').click();
      await ui.at('factor-password').fill(credentials.password);
      await ui.at('factor-submit').click();
      const secret = remember((await ui.at('factor-secret').textContent()).replaceAll(' ', ''));
      await shoot(page, `factor-setup.${language}`);
      await ui.at('factor-code').fill(code(secret));
      await ui.at('factor-submit').click();
      await ui.at('recovery-codes').waitFor();
      const shown = await ui.at('recovery-codes').locator('li').allTextContents();
      shown.forEach(remember);
      assert.equal(shown.length, 10);
      await shoot(page, `factor-recovery-codes.${language}`);
      const download = page.waitForEvent('download');
      await ui.at('recovery-download').click();
      assert.equal((await download).suggestedFilename(), 'llm-platform-recovery-codes.txt');
      await ui.at('recovery-done').click();
      await ui.at('factor-on').waitFor();
      await context.close();

      const fresh = await open(browser, language);
      const theirs = new Console(fresh.page);
      await fresh.page.goto('/');
      await theirs.enter(credentials);
      await theirs.at('login-code').fill('000000');
      await shoot(fresh.page, `login-code.${language}`);
      await theirs.at('login-submit').click();
      await theirs.at('login-error').waitFor();
      await theirs.at('login-code').fill(shown[0]);
      await theirs.at('login-submit').click();
      await theirs.at('dashboard-requests').waitFor();
      await theirs.open('profile');
      await shoot(fresh.page, `factor-on.${language}`);
      await theirs.at('factor-remove').click();
      await theirs.at('factor-remove-password').fill(credentials.password);
      await theirs.at('factor-remove-submit').click();
      await theirs.at('factor-off').waitFor();
      await fresh.context.close();
      // A refused login is a 401, which a browser complains of by itself.
      const unexpected = [...complaints, ...fresh.complaints].filter((line) => !/status of 401.*auth\/login/.test(line));
      assert.deepEqual(unexpected, []);
    });
  }

  it('an administrator removes that of somebody who has lost their phone', async () => {
    const { id, credentials, token } = await enrolled();
    await admin.get(`users/${id}`, token);
    const { page, context, complaints } = await open(browser, 'en');
    const ui = new Console(page);
    await ui.login({ username: 'admin', password: 'admin123' });
    await ui.open('users');
    await ui.at(`user-row-${id}`).getByTestId('user-factor').waitFor();
    await ui.at(`user-row-${id}`).getByTestId('user-factor-remove').click();
    await ui.at('user-factor-reason').fill('Lost phone');
    await shoot(page, 'user-factor-remove.en');
    await ui.at('user-factor-submit').click();
    await ui.at(`user-row-${id}`).getByTestId('user-factor').waitFor({ state: 'detached' });
    await Management.login(credentials);
    await context.close();
    assert.deepEqual(complaints, []);
  });
});
