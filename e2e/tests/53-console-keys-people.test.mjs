// API keys and teams in the console, in a real browser: each button that changes something is pressed, and what it did is asked of
// the API and of the audit log. What each role is offered.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { launch, shoot } from '../lib/browser.mjs';
import { ask, post } from '../lib/chat.mjs';
import { demo } from '../lib/env.mjs';
import { createUser, issueKey, listModels, unique } from '../lib/fixtures.mjs';
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

describe('API keys', () => {
  let ui;
  let key;
  const name = unique('h3-key');
  const sent = [];

  before(async () => {
    ui = await Visitor.of(browser, demo.admin);
    ui.page.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`));
  });

  it('are made with limits, budgets, addresses and tags, and shown once with a call to try', async () => {
    await ui.open('api-keys');
    await ui.press('key-create');
    await ui.at('key-name').fill(name);
    await ui.press('section-limits');
    await ui.number('limit-requests_per_minute', 600);
    await ui.press('section-budgets');
    await ui.press('budget-add');
    await ui.number('budget-amount', 25.5);
    await ui.press('section-scopes');
    await ui.choose('key-scopes', 'chat.completions');
    await ui.choose('key-scopes', 'models');
    await ui.page.keyboard.press('Tab');
    await ui.press('section-addresses');
    await ui.at('key-addresses').fill('127.0.0.0/8\n::1');
    await ui.press('section-tags');
    await ui.press('tag-add');
    await ui.at('tag-name').fill('project');
    await ui.at('tag-value').fill('apollo');
    await ui.choose('key-expiry', '30');
    await shoot(ui.page, 'key-create.en');
    await ui.press('key-create-submit');
    const value = remember((await ui.at('key-value').textContent()).trim());
    await ui.press('range-python');
    assert.match(await ui.at('key-snippet').textContent(), /from openai import OpenAI[\s\S]*\/v1/);
    await ui.press('key-done');
    const [found] = (await admin.get(`api-keys?q=${name}`)).data;
    key = { id: found.id, value };
    assert.deepEqual(
      [found.limits, found.budgets, found.scopes, found.allowed_ips, found.metadata],
      [
        { requests_per_minute: 600 },
        [{ period: 'day', amount: 25.5, currency: 'USD' }],
        ['chat.completions', 'models'],
        ['127.0.0.0/8', '::1'],
        { project: 'apollo' },
      ],
    );
    assert.ok(Math.abs(Date.parse(found.expires_at) - Date.now() - 30 * 86_400_000) < 120_000);
    assert.equal((await audited(key.id, 'api_key.ApiKeyIssued')).actor.name, 'admin');
    await eventually('the key works', async () => status(await listModels(value)) === 200);
  });

  it('have a page with what was used and what is left of the budget', async () => {
    const answer = await post(key.value, { model: 'gpt-4o', messages: ask('for the page of a key') });
    assert.equal(answer.status, 200, answer.text);
    await becomes(admin, `usage/summary?api_key_id=${key.id}`, ({ requests }) => requests === 1);
    await ui.at(`key-row-${key.id}`).getByTestId('key-open').click();
    await ui.page.waitForURL(new RegExp(`/api-keys/${key.id}`));
    await ui.settled();
    await ui.at('usage-all').waitFor();
    await ui.at('usage-requests').filter({ hasText: /^1$/ }).waitFor();
    await ui.at('budget-state-day-USD').getByTestId('budget-spent').waitFor();
    assert.match(await ui.at('key-restrictions').textContent(), /127\.0\.0\.0\/8/);
    await shoot(ui.page, 'api-key.en');
    await ui.press('key-audit');
    await ui.page.waitForURL(new RegExp(`/audit\\?entity_id=${key.id}`));
    await ui.at('audit-row').first().waitFor();
    await ui.page.goBack();
    await ui.settled();
  });

  it('are edited, also when somebody else was quicker', async () => {
    await ui.press('key-edit');
    await ui.at('key-name').fill(`${name} 2`);
    const { token } = await admin.write('PATCH', `api-keys/${key.id}`, { limits: { requests_per_minute: 500 } });
    await admin.get(`api-keys/${key.id}`, token);
    await ui.press('key-edit-submit');
    await ui.at('form-error').waitFor();
    await ui.press('key-edit-submit');
    await ui.at('key-edit-submit').waitFor({ state: 'hidden' });
    const edited = await becomes(admin, `api-keys/${key.id}`, (one) => one.name === `${name} 2`);
    assert.deepEqual(edited.limits, { requests_per_minute: 500 }, 'what the other one did stays');
    const { changes } = await audited(key.id, 'api_key.ApiKeyEdited');
    assert.deepEqual(changes, [{ field: 'name', before: name, after: `${name} 2` }]);
  });

  it('are disabled, enabled and replaced', async () => {
    await ui.press('key-disable');
    await ui.confirm();
    await eventually('refused', async () => status(await listModels(key.value)) === 401);
    await audited(key.id, 'api_key.ApiKeyDisabled');
    await ui.press('key-enable');
    await eventually('works again', async () => status(await listModels(key.value)) === 200);
    await audited(key.id, 'api_key.ApiKeyEnabled');
    await ui.press('key-rotate');
    await ui.choose('key-overlap', '1 hour');
    await ui.press('key-rotate-submit');
    const next = remember((await ui.at('key-value').textContent()).trim());
    await ui.press('key-done');
    await eventually('the new one works', async () => status(await listModels(next)) === 200);
    assert.equal(status(await listModels(key.value)), 200, 'the old one for an hour');
    await audited(key.id, 'api_key.ApiKeyRotated');
    key.previous = key.value;
    key.value = next;
  });

  it('that leaked are found by pasting them, and stopped in three presses; the secret goes nowhere', async () => {
    await ui.open('api-keys');
    sent.length = 0;
    await ui.at('key-search').fill(`Authorization: Bearer ${key.value}`);
    await ui.page.locator('[data-testid="leaked-key"][data-state="found"]').waitFor();
    assert.equal(await ui.at('key-search').inputValue(), key.value.slice(0, 15));
    assert.equal(new URL(ui.page.url()).searchParams.get('q'), key.value.slice(0, 15));
    await shoot(ui.page, 'key-leaked.en');
    await ui.press('leaked-revoke');
    await ui.confirm();
    for (const value of [key.value, key.previous]) {
      await eventually('refused', async () => status(await listModels(value)) === 401);
    }
    await audited(key.id, 'api_key.ApiKeyRevoked');
    await ui.at('leaked-revoke').waitFor({ state: 'hidden' });
    const stored = await ui.page.evaluate(() => JSON.stringify([localStorage, sessionStorage, history.state, location.href]));
    assert.ok(![...sent, stored].some((text) => text.includes(key.value.slice(16))), 'the secret has left the search box');
    await ui.at('key-search').fill(`sk-${'A'.repeat(50)}`);
    await ui.at('leaked-unknown').waitFor();
  });

  it('had no complaint but the refusal of a stale edit', () => ui.end(/status of 409/));
});

describe('teams', () => {
  let ui;
  let team;
  let person;
  let boss;
  const name = unique('h3-team');

  before(async () => {
    [person, boss] = [await createUser(admin), await createUser(admin, 'manager')];
    ui = await Visitor.of(browser, demo.admin);
  });

  it('are made with limits and budgets, and edited', async () => {
    await ui.open('teams');
    await ui.press('team-create');
    await ui.at('team-name').fill(name);
    await ui.number('limit-concurrency', 7);
    await ui.press('budget-add');
    await ui.choose('budget-period', 'month');
    await ui.number('budget-amount', 100);
    await ui.press('team-submit');
    await ui.page.waitForURL(/\/teams\/team_/);
    await ui.settled();
    team = new URL(ui.page.url()).pathname.split('/').at(-1);
    const made = await admin.get(`teams/${team}`);
    assert.deepEqual(
      [made.name, made.limits, made.budgets],
      [name, { concurrency: 7 }, [{ period: 'month', amount: 100, currency: 'USD' }]],
    );
    await audited(team, 'team.TeamCreated');
    await ui.at('budget-state-month-USD').getByTestId('budget-spent').waitFor();
    await ui.press('team-edit');
    await ui.number('limit-concurrency', 9);
    await ui.press('team-submit');
    await becomes(admin, `teams/${team}`, ({ limits }) => limits.concurrency === 9);
    const { changes } = await audited(team, 'team.TeamEdited');
    assert.deepEqual(changes, [{ field: 'limits.concurrency', before: 7, after: 9 }]);
  });

  it('take in people, also out of another team, and managers', async () => {
    const elsewhere = await admin.create('teams', { name: unique('h3-elsewhere') });
    await admin.write('POST', `teams/${elsewhere.id}/members`, { user_id: person.id });
    await ui.choose('member-choose', person.credentials.username);
    await ui.press('member-add');
    await ui.confirm();
    await ui.at(`member-${person.id}`).waitFor();
    await becomes(admin, `users/${person.id}`, ({ team_id: id }) => id === team);
    await ui.choose('manager-choose', boss.credentials.username);
    await ui.press('manager-add');
    await ui.at(`manager-${boss.id}`).waitFor();
    await audited(team, 'team.TeamManagerAdded');
    await shoot(ui.page, 'team.en');
  });

  it('are closed and opened again', async () => {
    const key = await issueKey(admin, { team_id: team });
    const call = async () => status(await post(key.key, { model: 'gpt-4o', messages: ask('for the team') }));
    await ui.press('team-disable');
    await ui.confirm();
    await eventually('refused', async () => (await call()) !== 200);
    await audited(team, 'team.TeamDisabled');
    await ui.press('team-enable');
    await eventually('served', async () => (await call()) === 200);
    await audited(team, 'team.TeamEnabled');
  });

  it('are seen by their managers, with what these may do', async () => {
    const theirs = await Visitor.of(browser, boss.credentials);
    await theirs.open('teams');
    assert.equal(await theirs.page.locator('[data-testid^="team-row-"]').count(), 1);
    assert.equal(await theirs.at('team-create').count(), 0);
    await theirs.at(`team-row-${team}`).click();
    await theirs.settled();
    await theirs.at(`member-${person.id}`).waitFor();
    await theirs.at('owned-keys').getByText('h3', { exact: false }).or(theirs.at('owned-keys').getByText('key-')).first().waitFor();
    for (const absent of ['team-edit', 'team-disable', 'member-add', 'member-remove', 'manager-add', 'team-audit']) {
      assert.equal(await theirs.at(absent).count(), 0, absent);
    }
    await theirs.at(`member-${person.id}`).getByRole('link').click();
    await theirs.settled();
    assert.equal(await theirs.at('user-access').count(), 0);
    await theirs.open('api-keys');
    await theirs.press('key-create');
    await theirs.at('key-name').fill(unique('h3-machine'));
    await theirs.press('range-service');
    await theirs.choose('key-team', name);
    await theirs.press('key-create-submit');
    remember((await theirs.at('key-value').textContent()).trim());
    await theirs.press('key-done');
    await becomes(admin, `api-keys?team_id=${team}`, ({ data }) => data.some((key) => key.name.startsWith('h3-machine')));
    await theirs.end();
  });

  it('let people and managers go', async () => {
    await ui.at(`manager-${boss.id}`).getByTestId('manager-remove').click();
    await ui.confirm();
    await audited(team, 'team.TeamManagerRemoved');
    await ui.at(`member-${person.id}`).getByTestId('member-remove').click();
    await ui.confirm();
    await ui.at(`member-${person.id}`).waitFor({ state: 'detached' });
    await becomes(admin, `users/${person.id}`, (user) => user.team_id === undefined);
  });

  it('had no complaint but that of somebody who is in another team', () => ui.end(/status of 409/));
});

describe('roles', () => {
  it('an auditor reads everything and is offered no change', async () => {
    const { credentials } = await createUser(admin, 'auditor');
    const ui = await Visitor.of(browser, credentials);
    const [anybody] = (await admin.get('users?role=member&limit=1')).data;
    const [anyKey] = (await admin.get('api-keys?limit=1')).data;
    const [anyTeam] = (await admin.get('teams?limit=1')).data;
    for (const path of ['/api-keys', '/users', '/teams', `/users/${anybody.id}`, `/api-keys/${anyKey.id}`, `/teams/${anyTeam.id}`]) {
      await ui.goto(path);
      for (const absent of ['key-create', 'key-edit', 'key-revoke', 'user-create', 'user-edit', 'team-create', 'team-edit', 'user-access', 'import']) {
        assert.equal(await ui.at(absent).count(), 0, `${absent} on ${path}`);
      }
    }
    await ui.goto('/users');
    await ui.at('export').waitFor();
    await ui.end();
  });

  it('a member has own keys and nobody else’s, and is told what holds for them', async () => {
    const { id, credentials } = await createUser(admin);
    const { token } = await admin.write('PATCH', `users/${id}`, { limits: { requests_per_minute: 12 }, budgets: [{ period: 'day', amount: 3, currency: 'USD' }] });
    await admin.get(`users/${id}`, token);
    const foreign = await admin.create('api-keys', { name: unique('h3-foreign') });
    remember(foreign.key);
    const ui = await Visitor.of(browser, credentials);
    assert.equal(await ui.at('nav-teams').count() + (await ui.at('nav-users').count()), 0);
    await ui.page.goto('/teams');
    await ui.at('denied').waitFor();
    await ui.page.goto(`/api-keys/${foreign.id}`);
    await ui.at('error-state').waitFor();
    await ui.open('api-keys');
    const own = await ui.createKey(unique('h3-own'));
    remember(own.key);
    await ui.goto(`/api-keys/${own.id}`);
    await ui.press('key-edit');
    await ui.at('key-name').waitFor();
    assert.equal(await ui.at('section-tags').count(), 0, 'tags are for administrators');
    await ui.page.keyboard.press('Escape');
    await ui.open('profile');
    await ui.at('own-limits').getByText('12').waitFor();
    await ui.at('budget-state-day-USD').waitFor();
    await ui.end(/status of 404/);
  });
});
