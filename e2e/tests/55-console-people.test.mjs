// People in the console, as administrators and as themselves: each button that changes something is pressed, and what it did is
// asked of the API and of the audit log. Imports, exports, the profile, the login, and the pages in Chinese.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { code } from '../lib/authenticator.mjs';
import { launch, open, shoot } from '../lib/browser.mjs';
import { Console } from '../lib/console.mjs';
import { demo, env } from '../lib/env.mjs';
import { createUser, listModels, secret, unique } from '../lib/fixtures.mjs';
import { Management } from '../lib/management.mjs';
import { remember } from '../lib/planted.mjs';
import { becomes, newestEntry, Visitor } from '../lib/visitor.mjs';
import { eventually } from '../lib/wait.mjs';

let browser;
let admin;

before(async () => {
  admin = await Management.login();
  browser = await launch();
});

after(() => browser?.close());

const audited = (id, type) => newestEntry(admin, id, type);
const status = (answer) => answer.status;

describe('people', () => {
  let ui;
  let id;
  const username = unique('h3-person');

  before(async () => {
    ui = await Visitor.of(browser, demo.admin);
  });

  it('are invited with role, team, limits, and edited on their page', async () => {
    const team = await admin.create('teams', { name: unique('h3-crew') });
    const { name } = await admin.get(`teams/${team.id}`, team.token);
    await ui.open('users');
    await ui.press('user-create');
    await ui.at('user-username').fill(username);
    await ui.press('range-link');
    await ui.choose('user-team', name);
    await ui.number('limit-requests_per_minute', 30);
    await ui.press('user-submit');
    remember((await ui.at('invitation-link').textContent()).trim().split('#')[1]);
    await ui.press('invitation-done');
    ({ id } = (await admin.get(`users?q=${username}`)).data[0]);
    await ui.at(`user-row-${id}`).click();
    await ui.page.waitForURL(new RegExp(`/users/${id}`));
    await ui.settled();
    await ui.at('user-team-link').filter({ hasText: name }).waitFor();
    await ui.at('user-invited').waitFor();
    await ui.press('user-edit');
    await ui.choose('user-role', 'Auditor');
    await ui.at('user-email').fill(`${username}@example.org`);
    await ui.press('user-submit');
    const edited = await becomes(admin, `users/${id}`, ({ role }) => role === 'auditor');
    assert.deepEqual([edited.email, edited.team_id, edited.limits], [`${username}@example.org`, team.id, { requests_per_minute: 30 }]);
    const { changes } = await audited(id, 'user.UserEdited');
    assert.deepEqual(changes.map(({ field }) => field).toSorted(), ['email', 'role']);
    await shoot(ui.page, 'user.en');
  });

  it('get a new link, a new password; their sessions end, their second factor goes', async () => {
    await ui.press('user-invite');
    await ui.confirm();
    remember((await ui.at('invitation-link').textContent()).trim().split('#')[1]);
    await ui.press('invitation-done');
    const password = secret('pw');
    await ui.press('user-reset');
    await ui.at('user-new-password').fill(password);
    await ui.press('user-reset-submit');
    await ui.at('user-reset-submit').waitFor({ state: 'hidden' });
    await audited(id, 'user.UserPasswordChanged');
    const person = await Management.login({ username, password });
    const begun = await person.write('POST', 'auth/second-factor', { password }, 201);
    const confirmed = await person.write('POST', 'auth/second-factor/confirm', { code: code(remember(begun.secret)) });
    confirmed.recovery_codes.forEach(remember);
    await ui.press('user-logout');
    await ui.confirm();
    await eventually('logged out', async () => status(await person.request('GET', 'auth/me')) === 401);
    await becomes(admin, `users/${id}`, ({ second_factor: on }) => on);
    await ui.page.reload();
    await ui.press('user-factor-remove');
    await ui.at('user-factor-reason').fill('Lost phone');
    await ui.press('user-factor-submit');
    await becomes(admin, `users/${id}`, ({ second_factor: on }) => !on);
    assert.equal((await audited(id, 'user.SecondFactorRemoved')).reason, 'Lost phone');
    await ui.at('user-factor-remove').waitFor({ state: 'detached' });
    await Management.login({ username, password });
  });

  it('are shut out and let in again', async () => {
    await ui.press('user-disable');
    await ui.confirm();
    await becomes(admin, `users/${id}`, (user) => user.status === 'disabled');
    await audited(id, 'user.UserDisabled');
    await ui.press('user-enable');
    await becomes(admin, `users/${id}`, (user) => user.status === 'active');
    await audited(id, 'user.UserEnabled');
  });

  it('are imported after a check of each row, all or nothing or those that are right', async () => {
    const [ada, bob] = [unique('h3-ada'), unique('h3-bob')];
    await ui.open('users');
    await ui.press('import');
    const file = (text) => ({ name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
    await ui.at('import-file').setInputFiles(file(`username,role,limits\n${ada},member,"{""concurrency"":3}"\n${username},member,\n${bob},member,\n`));
    await ui.at('import-summary').waitFor();
    assert.deepEqual(
      await ui.page.locator('[data-testid^="import-row-"]').evaluateAll((rows) => rows.map((row) => row.dataset.state)),
      ['refused', 'good', 'good'],
    );
    assert.ok(await ui.at('import-submit').isDisabled(), 'all or nothing, and one is refused');
    assert.equal((await admin.get(`users?q=${ada}`)).data.length, 0, 'nothing is stored by a check');
    await shoot(ui.page, 'import.en');
    await ui.press('range-best-effort');
    await ui.press('import-submit');
    const [download] = await Promise.all([ui.page.waitForEvent('download'), ui.press('import-save-secrets')]);
    const saved = await readFile(await download.path(), 'utf8');
    saved.match(/inv_[\w-]+/g).forEach(remember);
    assert.equal(saved.match(/\/invitation#inv_/g).length, 2);
    await ui.press('import-close');
    const [made] = (await admin.get(`users?q=${ada}`)).data;
    assert.deepEqual(made.limits, { concurrency: 3 });
    await audited(made.id, 'user.UserCreated');
  });

  it('are exported, and so are keys', async () => {
    for (const [page, format, wanted] of [['users', 'csv', username], ['api-keys', 'json', '"prefix"']]) {
      await ui.open(page);
      await ui.press('export');
      const [download] = await Promise.all([ui.page.waitForEvent('download'), ui.press(`export-${format}`)]);
      assert.match(download.suggestedFilename(), new RegExp(`^${page}-.*\\.${format}$`));
      assert.ok((await readFile(await download.path(), 'utf8')).includes(wanted));
    }
  });

  it('get keys by import, each shown once', async () => {
    const name = unique('h3-imported');
    await ui.press('import');
    const rows = [{ name, user: username, limits: { requests_per_minute: 5 } }];
    await ui.at('import-file').setInputFiles({ name: 'keys.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(rows)) });
    await ui.press('import-submit');
    await ui.at('import-close').waitFor();
    const value = remember((await ui.at('import-row-0').locator('code').textContent()).trim());
    await eventually('the key works', async () => status(await listModels(value)) === 200);
    await ui.press('import-close');
    await becomes(admin, `api-keys?user_id=${id}`, ({ data }) => data.some((key) => key.name === name));
    await ui.goto(`/users/${id}`);
    await ui.at('owned-keys').getByText(name).waitFor();
  });

  it('had no complaint', () => ui.end());
});

describe('the profile', () => {
  it('ends all other sessions of a person, and tells times in the zone they choose', async () => {
    const { credentials } = await createUser(admin, 'manager');
    const other = await Management.login(credentials);
    const ui = await Visitor.of(browser, credentials, 'zh-CN');
    await ui.open('profile');
    await ui.press('session-end-others');
    await ui.confirm();
    await eventually('the other one is out', async () => status(await other.request('GET', 'auth/me')) === 401);
    await ui.at(`session-${other.sessionId}`).waitFor({ state: 'detached' });
    assert.equal(await ui.at('session-end').count(), 0);
    await audited(other.sessionId, 'session.SessionClosed');
    await ui.choose('time-zone', 'Asia/Tokyo');
    await ui.page.locator('time[title$="(Asia/Tokyo)"]').first().waitFor();
    await ui.page.reload();
    await ui.page.locator('time[title$="(Asia/Tokyo)"]').first().waitFor();
    await shoot(ui.page, 'profile-manager.zh-CN');
    await ui.end();
  });
});

describe('in Chinese', () => {
  it('the pages stand in it', async () => {
    const ui = await Visitor.of(browser, demo.admin, 'zh-CN');
    const [person, team] = [await createUser(admin), await admin.create('teams', { name: unique('h3-team') })];
    const key = await admin.create('api-keys', { name: unique('h3-key'), team_id: team.id });
    remember(key.key);
    await admin.get(`users/${person.id}`, key.token);
    await admin.get(`teams/${team.id}`, key.token);
    await admin.get(`api-keys/${key.id}`, key.token);
    for (const [path, picture] of [['/api-keys', 'api-keys'], ['/users', 'users'], ['/teams', 'teams'], [`/users/${person.id}`, 'user'], [`/teams/${team.id}`, 'team'], [`/api-keys/${key.id}`, 'api-key']]) {
      await ui.goto(path);
      const text = await ui.page.locator('main').innerText();
      assert.match(text, /[\u4e00-\u9fff]{2}/);
      assert.doesNotMatch(text, /\b(keys|users|teams|limits|spending|transfer)\.[a-z]/i, `a message without a text on ${path}`);
      await shoot(ui.page, `${picture}.zh-CN`);
    }
    await ui.end();
  });
});

/** Only where a login page of a locked account is: nobody else's address is used up by it. */
describe('the login', () => {
  it('counts down when an account is locked', async () => {
    const { credentials } = await createUser(admin);
    const nobody = Management.anonymous();
    await eventually('locked', async () => status(await nobody.request('POST', 'auth/login', { ...credentials, password: 'wrong-password' })) === 429);
    const { page, context } = await open(browser, 'en');
    await page.goto(`${env.console}/login`);
    await new Console(page).enter(credentials);
    await page.getByTestId('login-error').filter({ hasText: /0:\d\d/ }).waitFor();
    assert.ok(await page.getByTestId('login-submit').isDisabled());
    await context.close();
  });
});
