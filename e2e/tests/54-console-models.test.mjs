// Models and money in a real browser: every button that changes something is pressed once, and the API and the audit log are
// asked whether it did.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { launch, open, shoot } from '../lib/browser.mjs';
import { Console } from '../lib/console.mjs';
import { demo } from '../lib/env.mjs';
import { createModel, createUser, issueKey, secret, unique } from '../lib/fixtures.mjs';
import { Management } from '../lib/management.mjs';
import { png } from '../lib/media.mjs';
import { usageOf } from '../lib/usage.mjs';
import { eventually } from '../lib/wait.mjs';

const FAST = 'mock:?first_token_ms=1&token_ms=0';
const SLOW = 'mock:?first_token_ms=50&token_ms=60';
let browser;
let admin;
let page;
let ui;
let complaints;
const made = { providerName: unique('h4-provider'), model: unique('h4-model') };

before(async () => {
  admin = await Management.login();
  browser = await launch();
  ({ page, complaints } = await open(browser, 'en'));
  ui = new Console(page);
  await ui.login(demo.admin);
});

after(() => browser?.close());

/** The newest entry of a type for an entity, once it is there, with what it changed. */
async function audited(entity, type) {
  const { value } = await eventually(`${type} of ${entity}`, async () =>
    (await admin.get(`audit/events?entity_id=${entity}&type=${type}`)).data[0],
  );
  assert.equal(value.actor.name, 'admin');
  return value;
}

async function choose(box, name) {
  await box.click();
  await page.getByRole('option', { name, exact: true }).filter({ visible: true }).first().click();
}

/** A number field: the test's name is on its frame. */
const number = (testid) => ui.at(testid).locator('input');

async function go(path) {
  await page.goto(path);
  await ui.settled();
}

async function confirmed(testid) {
  await ui.at(testid).first().click();
  await ui.at('confirm-ok').click();
}

describe('providers', () => {
  it('are added, and shown by name with how they do', async () => {
    await ui.open('providers');
    await ui.at('provider-create').first().click();
    await ui.at('provider-name').fill(made.providerName);
    await choose(ui.at('provider-type'), 'Mock');
    await ui.at('provider-url').fill(FAST);
    await ui.at('provider-submit').click();
    await page.getByRole('link', { name: made.providerName }).click();
    await page.waitForURL(/\/providers\/prv_/);
    made.provider = page.url().split('/').at(-1);
    const { type, base_url: url } = await admin.get(`providers/${made.provider}`);
    assert.deepEqual([type, url], ['mock', FAST]);
    await audited(made.provider, 'provider.ProviderCreated');
  });

  it('are edited, tested, asked for their list, disabled and enabled', async () => {
    await ui.at('provider-edit').click();
    made.providerName += ' 2';
    await ui.at('provider-name').fill(made.providerName);
    await ui.at('provider-submit').click();
    await ui.at('provider-title').filter({ hasText: made.providerName }).waitFor();
    const { changes } = await audited(made.provider, 'provider.ProviderEdited');
    assert.deepEqual(changes.map(({ field, after: to }) => [field, to]), [['name', made.providerName]]);

    await ui.at('provider-test').click();
    await ui.at('test-ok').waitFor();
    await page.keyboard.press('Escape');
    await ui.at('provider-list').click();
    await ui.at('provider-offers').getByText('mock-chat').waitFor();

    await confirmed('provider-disable');
    await ui.at('provider-enable').waitFor();
    assert.equal((await admin.get(`providers/${made.provider}`)).status, 'disabled');
    await audited(made.provider, 'provider.ProviderDisabled');
    await ui.at('provider-enable').click();
    await ui.at('provider-disable').waitFor();
    await audited(made.provider, 'provider.ProviderEnabled');
    await shoot(page, 'provider.en');
  });

  it('get another key that nobody sees again, and say why they cannot be reached', async () => {
    const name = unique('h4-unreachable');
    const { id, token } = await admin.create('providers', { name, type: 'openai-compatible', base_url: 'http://127.0.0.1:9/v1', api_key: secret('first') });
    await admin.get(`providers/${id}`, token);
    const key = secret('second');
    await go(`/providers/${id}`);
    await ui.at('provider-rotate').click();
    await ui.at('secret-key').fill(key);
    await ui.at('secret-submit').click();
    await ui.at('secret-key').waitFor({ state: 'hidden' });
    await audited(id, 'provider.ProviderSecretRotated');
    assert.ok(!(await page.content()).includes(key));
    await ui.at('provider-test').click();
    assert.match(await ui.at('test-failed').innerText(), /upstream_unreachable/);
    await page.keyboard.press('Escape');
  });
});

describe('models', () => {
  it('are made in four steps, the last of which asks the server', async () => {
    await ui.open('models');
    await ui.at('model-create').click();
    await ui.at('wizard-next').click();
    await page.getByText('Letters, digits and').waitFor();
    await ui.at('model-name').fill(made.model);
    await choose(ui.at('deployment-provider'), made.providerName);
    await ui.at('deployment-model').fill('mock-chat');
    await page.keyboard.press('Escape');
    await ui.at('wizard-next').click();
    await ui.at('catalog-description').fill('For the tests');
    await ui.at('wizard-next').click();
    await ui.at('price-switch').click();
    await number('price-input').fill('1');
    await number('price-output').fill('4');
    await ui.at('wizard-next').click();
    await ui.at('review-good').waitFor();
    await shoot(page, 'model-new.en');
    await ui.at('model-submit').click();
    await page.waitForURL(/\/models\/mdl_/);
    made.id = page.url().split('/').at(-1);
    const model = await admin.get(`models/${made.id}`);
    assert.equal(model.name, made.model);
    assert.deepEqual(model.price, { currency: 'USD', input: 1, output: 4 });
    assert.equal(model.catalog.description, 'For the tests');
    await audited(made.id, 'model.ModelCreated');
  });

  it('are refused by the last step when the name is taken', async () => {
    await go(`/models/new?provider=${made.provider}&upstream=mock-chat`);
    await ui.at('model-name').fill(made.model);
    await ui.at('wizard-next').click();
    await ui.at('wizard-next').click();
    await ui.at('wizard-next').click();
    await ui.at('review-problem').waitFor();
    assert.ok(await ui.at('model-submit').isDisabled());
    await ui.at('nav-models').click();
    await ui.at('confirm-ok').click();
    await page.waitForURL(/\/models$/);
  });

  it('are routed by weights, priorities, a strategy, fallbacks, limits and a cache; undo takes it back', async () => {
    await go(`/models/${made.id}?tab=routing`);
    await number('deployment-weight').fill('9');
    await number('deployment-weight').blur();
    await ui.at('save-bar').waitFor();
    await ui.at('model-undo').click();
    await ui.at('save-bar').waitFor({ state: 'hidden' });

    await ui.at('deployment-add').click();
    const second = ui.at('deployment-card').nth(1);
    await choose(second.getByTestId('deployment-provider'), made.providerName);
    await second.getByTestId('deployment-model').fill('mock-other');
    await page.keyboard.press('Escape');
    await second.getByTestId('deployment-weight').locator('input').fill('3');
    await second.getByTestId('deployment-weight').locator('input').blur();
    assert.match(await ui.at('routing-picture').innerText(), /25%[\s\S]*75%/);
    await second.getByTestId('deployment-more').click();
    await number('deployment-min-prompt').fill('100');
    await choose(ui.at('routing-strategy'), 'Least busy');
    for (const fallback of ['gpt-4o', 'deepseek-chat']) {
      await choose(ui.at('fallback-add'), fallback);
    }
    const firstFallback = async (name) => assert.match(await ui.at('fallback-0').innerText(), new RegExp(name));
    await ui.at('fallback-1').dragTo(ui.at('fallback-0'));
    await firstFallback('deepseek-chat');
    await ui.at('fallback-1').getByTestId('fallback-up').click();
    await firstFallback('gpt-4o');
    await ui.at('fallback-1').dragTo(ui.at('fallback-0'));
    await firstFallback('deepseek-chat');
    await number('model-limit-requests_per_minute').fill('600');
    await ui.at('model-cache').click();
    await shoot(page, 'model-routing.en');
    await ui.at('model-submit').click();
    await ui.at('save-bar').waitFor({ state: 'hidden' });

    const model = await admin.get(`models/${made.id}`);
    assert.deepEqual(model.routing, { strategy: 'least-busy', fallbacks: ['deepseek-chat', 'gpt-4o'] });
    assert.deepEqual([model.limits, model.cache], [{ requests_per_minute: 600 }, { ttl_seconds: 300 }]);
    assert.deepEqual(
      model.deployments.map(({ upstream_model, weight, when }) => [upstream_model, weight, when]),
      [['mock-chat', 1, undefined], ['mock-other', 3, { min_prompt_tokens: 100 }]],
    );
    const { changes } = await audited(made.id, 'model.ModelEdited');
    assert.ok(changes.some(({ field }) => field.startsWith('routing')), JSON.stringify(changes));
  });

  it('say what they can do', async () => {
    await ui.at('tab-catalog').click();
    // What was saved on the tab before is being read.
    await ui.settled();
    await number('catalog-context').fill('32000');
    await number('catalog-context').blur();
    await ui.at('model-submit').click();
    await ui.at('save-bar').waitFor({ state: 'hidden' });
    assert.deepEqual((await admin.get(`models/${made.id}`)).catalog, { description: 'For the tests', context_window: 32000 });
  });

  it('are priced by versions; a correction tells its difference and overwrites nothing', async () => {
    await ui.at('tab-prices').click();
    await ui.settled();
    await ui.at('price-start').click();
    await number('rate-output').fill('8');
    await number('rate-output').blur();
    assert.match(await ui.at('price-changes').innerText(), /\$4\.00[\s\S]*\$8\.00[\s\S]*\+100%/);
    await ui.at('price-what-if').click();
    await ui.at('what-if-answer').waitFor();
    await ui.at('price-submit').click();
    await ui.at('price-correct-1').click();
    await number('rate-output').fill('6');
    await number('rate-output').blur();
    await ui.at('price-submit').click();
    await ui.at('price-version-2').waitFor();
    assert.equal(await ui.at('price-version-1').getAttribute('data-state'), 'corrected');
    assert.match(await ui.at('price-version-2').innerText(), /-25%/);
    await ui.at('price-timeline').waitFor();
    await ui.at('price-corrections').click();
    await ui.at('corrections-answer').waitFor();
    await shoot(page, 'model-prices.en');

    const { data } = await admin.get(`prices?model_id=${made.id}`);
    assert.deepEqual(data.map(({ number: of, state, rates }) => [of, state, rates.output]), [[2, 'in_force', 6], [1, 'corrected', 8]]);
    await audited(data[0].book_id, 'price_book.PriceVersionAdded');
    await audited(data[0].book_id, 'price_book.PriceVersionCorrected');
    await ui.open('prices');
    await ui.at('price-search').fill(made.model);
    await ui.at(`book-row-${made.id}`).filter({ hasText: '$6.00' }).waitFor();
  });

  it('are tried, disabled and enabled', async () => {
    await go(`/models/${made.id}`);
    await ui.at('model-test').click();
    await ui.at('test-ok').first().waitFor();
    await page.keyboard.press('Escape');
    await confirmed('model-disable');
    await ui.at('model-enable').waitFor();
    assert.equal((await admin.get(`models/${made.id}`)).status, 'disabled');
    await audited(made.id, 'model.ModelDisabled');
    await ui.open('models');
    await ui.at('model-search').fill(made.model);
    const row = ui.at(`model-row-${made.id}`);
    await row.locator('[data-health="disabled"]').waitFor();
    await row.getByTestId('model-enable').click();
    await row.getByTestId('model-disable').waitFor();
    await audited(made.id, 'model.ModelEnabled');
    await row.getByTestId('model-test').click();
    await ui.at('test-ok').first().waitFor();
    await page.keyboard.press('Escape');
  });

  it('lead to what was ever changed about them', async () => {
    await go(`/models/${made.id}`);
    await ui.at('model-audit').click();
    await page.waitForURL(/\/audit\?.*entity_id=mdl_/);
    await ui.settled();
  });

  it("come from a provider's own list", async () => {
    await ui.open('models');
    await ui.at('model-from-provider').click();
    await choose(ui.at('import-provider'), made.providerName);
    const prefix = unique('h4');
    await ui.at('import-prefix').fill(`${prefix}/`);
    await ui.at('provider-import').getByText('mock-embedding', { exact: true }).click();
    await ui.at('import-models').click();
    await ui.at('import-report').getByText(`${prefix}/mock-embedding`).waitFor();
    const { value: data } = await eventually('the model is listed', async () => {
      const found = (await admin.get(`models?q=${prefix}`)).data;
      return found.length > 0 && found;
    });
    assert.deepEqual(data.map(({ name, deployments }) => [name, deployments[0].provider_id]), [[`${prefix}/mock-embedding`, made.provider]]);
    await page.keyboard.press('Escape');
  });

  it('come from a file, and leave as one', async () => {
    const name = unique('h4-filed');
    await ui.at('model-import').click();
    const rows = [
      { name, deployments: [{ provider: made.providerName, upstream_model: 'mock-chat' }] },
      { name: made.model, deployments: [{ provider: made.providerName, upstream_model: 'mock-chat' }] },
    ];
    await ui.at('import-file').setInputFiles({ name: 'models.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(rows)) });
    await page.locator('[data-testid="import-row-1"][data-state="refused"]').waitFor();
    await page.getByRole('radio', { name: 'Import the others' }).click();
    await ui.at('import-submit').click();
    await ui.at('import-close').click();
    await eventually('the model is listed', async () => (await admin.get(`models?q=${name}`)).data.length === 1);

    const download = page.waitForEvent('download');
    await ui.at('export').click();
    await ui.at('export-json').click();
    const file = JSON.parse(await readFile(await (await download).path(), 'utf8'));
    assert.ok(file.some((row) => row.name === name));
  });
});

describe('settings', () => {
  after(() => admin.write('PATCH', 'settings', { max_attempts: null, reserved_completion_tokens: null }));

  it('are checked before they are sent, taken back, saved, and told with who changed them', async () => {
    await ui.open('settings');
    await number('setting-max_attempts').fill('11');
    await number('setting-max_attempts').blur();
    await ui.at('row-max_attempts').getByRole('alert').waitFor();
    assert.ok(await ui.at('settings-submit').isDisabled());
    await ui.at('undo-max_attempts').click();
    await ui.at('save-bar').waitFor({ state: 'hidden' });

    const was = (await admin.get('settings')).max_attempts;
    const is = was === 4 ? 5 : 4;
    await number('setting-max_attempts').fill(String(is));
    await number('setting-max_attempts').blur();
    await ui.at('settings-submit').click();
    await ui.at('save-bar').waitFor({ state: 'hidden' });
    assert.equal((await admin.get('settings')).max_attempts, is);
    await eventually('the change in the audit log', async () =>
      (await admin.get('audit/events?entity_type=platform_settings')).data.some(({ changes }) =>
        changes.some(({ field, before: from, after: to }) => field === 'max_attempts' && from === was && to === is)),
    );
    await ui.at('settings-history').click();
    await ui.at('settings-changes').getByText('max_attempts').first().waitFor();
    await shoot(page, 'settings.en');
  });

  it('somebody else changed meanwhile are not overwritten', async () => {
    await go('/settings');
    await number('setting-reserved_completion_tokens').fill('777');
    await number('setting-reserved_completion_tokens').blur();
    const { token } = await admin.write('PATCH', 'settings', { reserved_completion_tokens: 555 });
    await admin.get('settings', token);
    await ui.at('settings-submit').click();
    await ui.at('save-error').waitFor();
    await ui.at('save-error').getByRole('button').click();
    await ui.at('save-bar').waitFor({ state: 'hidden' });
    assert.equal(await number('setting-reserved_completion_tokens').inputValue(), '555');
    // The browser reports the refusal, which was meant to be.
    complaints.splice(0, complaints.length, ...complaints.filter((one) => !one.includes('409')));
  });

  it('seal secrets anew', async () => {
    await confirmed('secrets-rewrap');
    await ui.at('rewrap-done').waitFor();
  });
});

describe('the playground', () => {
  const answer = (lane) => ui.at(`answer-${lane}`).last();
  const done = (lane, state = 'done') => answer(lane).locator(`[data-testid="playground-answer"][data-state="${state}"]`).waitFor();

  it('asks two models the same, each in its own stream, with parameters that arrive', async () => {
    await go(`/playground?model=gpt-4o,${made.model}`);
    await ui.at('playground-system').first().fill('Be brief.');
    await number('parameter-temperature').first().fill('0.5');
    await number('parameter-max_tokens').first().fill('7');
    await number('parameter-max_tokens').first().blur();
    const sent = [];
    page.on('request', (request) => request.url().endsWith('/v1/chat/completions') && sent.push(request.postDataJSON()));
    await ui.at('playground-input').fill('Hello, both of you');
    await ui.at('playground-send').click();
    await done('a');
    await done('b');
    assert.deepEqual(sent.map(({ model }) => model).sort(), ['gpt-4o', made.model].sort());
    for (const { temperature, max_tokens, messages, stream } of sent) {
      assert.deepEqual([temperature, max_tokens, messages.length, messages[0].role, stream], [0.5, 7, 2, 'system', true]);
    }
    const link = await answer('b').getByTestId('playground-request').getAttribute('href');
    const id = new URL(link, 'http://x').searchParams.get('request_id');
    const row = await usageOf(admin, id);
    assert.deepEqual([row.model, row.username], [made.model, 'admin']);
    const [prompt, completion] = (await answer('b').getByTestId('playground-tokens').innerText()).match(/\d+/g).map(Number);
    assert.deepEqual([row.prompt_tokens, row.completion_tokens], [prompt, completion]);
    await shoot(page, 'playground-two.en');
  });

  it('shows the call as code without the token of the session', async () => {
    await ui.at('playground-curl').click();
    for (const language of ['curl', 'Python', 'Node.js', 'Java']) {
      await page.getByRole('radio', { name: language, exact: true }).click();
      const code = await ui.at('playground-code').innerText();
      assert.match(code, /YOUR_API_KEY/);
      assert.match(code, /chat.completions|chat\/completions/);
      assert.doesNotMatch(code, /eyJ/);
    }
    await page.keyboard.press('Escape');
  });

  it('shows a call of a tool, and gives its result back', async () => {
    await ui.at('playground-clear').click();
    await ui.at('lane-remove-b').click();
    await ui.at('parameters-reset').click();
    await ui.at('tools-example').first().click();
    await ui.at('playground-input').fill('Use get_weather for Bern');
    await ui.at('playground-send').click();
    await ui.at('tool-call').getByText('get_weather').waitFor();
    await ui.at('tool-result').fill('21 degrees');
    const next = page.waitForRequest((request) => request.url().endsWith('/v1/chat/completions'));
    await ui.at('tool-answer').click();
    const { messages } = (await next).postDataJSON();
    assert.deepEqual(messages.slice(-2).map(({ role, content }) => [role, content]), [['assistant', null], ['tool', '21 degrees']]);
    await done('a');
  });

  it('sends pictures, bounded ones', async () => {
    await ui.at('parameters-reset').click();
    await ui.at('playground-image-file').setInputFiles({ name: 'note.txt', mimeType: 'text/plain', buffer: Buffer.from('no picture') });
    await ui.at('image-problem').waitFor();
    await ui.at('playground-image-file').setInputFiles({ name: 'dot.png', mimeType: 'image/png', buffer: png(4) });
    await ui.at('playground-images').waitFor();
    await ui.at('playground-image-address').click();
    await ui.at('image-address').fill('https://example.org/fox.png');
    await ui.at('image-address-add').click();
    await ui.at('playground-input').fill('What is in these?');
    const next = page.waitForRequest((request) => request.url().endsWith('/v1/chat/completions'));
    await ui.at('playground-send').click();
    const { content } = (await next).postDataJSON().messages.at(-1);
    assert.deepEqual(content.map(({ type }) => type), ['text', 'image_url', 'image_url']);
    await done('a');
  });

  it('stops, and keeps what came', async () => {
    const { key } = await issueKey(admin);
    const { name: slow } = await createModel(admin, key, { type: 'mock', base_url: SLOW }, { name: unique('h4-slow-model') });
    await go(`/playground?model=${slow}`);
    await ui.at('playground-input').fill('Tell me a long story about a fox and a crow');
    await ui.at('playground-send').click();
    await done('a', 'streaming');
    await ui.at('playground-stop').click();
    await done('a', 'stopped');
    assert.ok((await ui.at('playground-answer').innerText()).trim().length > 0);
    await ui.at('playground-again').click();
    await done('a');
  });

  it('keeps talks in this browser, opens them again, and forgets them', async () => {
    await go('/playground');
    await ui.at('playground-history-open').click();
    await ui.at('history-open').filter({ hasText: 'Hello, both of you' }).click();
    await ui.at('playground-round').getByText('Hello, both of you', { exact: true }).waitFor();
    await done('b');
    const stored = await page.evaluate(() => JSON.stringify(localStorage));
    assert.doesNotMatch(stored, /base64|Bearer/);
    await ui.at('playground-history-open').click();
    await ui.at('history-clear').click();
    assert.doesNotMatch(await page.evaluate(() => JSON.stringify(localStorage)), /both of you/);
    await page.keyboard.press('Escape');
  });

  it('had no complaint on any of these pages', () => assert.deepEqual(complaints, []));
});

describe('each role', () => {
  const PAGES = ['/models', '/prices', '/providers', '/settings', '/playground'];
  const OPEN = {
    auditor: { '/models': true, '/prices': true, '/providers': true, '/settings': true, '/playground': false },
    manager: { '/models': true, '/prices': true, '/providers': false, '/settings': false, '/playground': true },
    member: { '/models': true, '/prices': true, '/providers': false, '/settings': false, '/playground': true },
  };

  for (const [role, pages] of Object.entries(OPEN)) {
    it(`of ${role} sees its pages, in Chinese, and nothing to change there`, async () => {
      const { credentials } = await createUser(admin, role);
      const other = await open(browser, 'zh-CN');
      const theirs = new Console(other.page);
      await theirs.login(credentials);
      for (const path of PAGES) {
        await other.page.goto(path);
        await theirs.settled();
        assert.equal(await theirs.at('denied').count(), pages[path] ? 0 : 1, `${path} of ${role}`);
        assert.match(await other.page.locator('main').innerText(), /[\u4e00-\u9fff]{4}/);
      }
      await other.page.goto('/models');
      await theirs.settled();
      for (const closed of ['model-create', 'model-import', 'model-from-provider', 'model-disable', 'model-test']) {
        assert.equal(await theirs.at(closed).count(), 0, `${closed} of ${role}`);
      }
      assert.equal(await theirs.at('export').count(), role === 'auditor' ? 1 : 0);
      await other.page.goto(`/models/${made.id}`);
      await theirs.settled();
      for (const tab of ['routing', 'catalog']) {
        assert.equal(await theirs.at(`tab-${tab}`).count(), tab === 'routing' && role === 'auditor' ? 1 : 0, `${tab} of ${role}`);
      }
      await theirs.at('tab-prices').click();
      await theirs.at('price-versions').waitFor();
      assert.equal(await theirs.at('price-submit').count() + (await theirs.at('price-correct-2').count()), 0);
      if (role === 'auditor') {
        await other.page.goto(`/providers/${made.provider}`);
        await theirs.settled();
        for (const closed of ['provider-edit', 'provider-test', 'provider-disable', 'provider-rotate', 'provider-list']) {
          assert.equal(await theirs.at(closed).count(), 0, closed);
        }
        await other.page.goto('/settings');
        await theirs.settled();
        assert.ok(await theirs.at('setting-max_attempts').locator('input').isDisabled());
      }
      await shoot(other.page, `models-${role}.zh-CN`);
      assert.deepEqual(other.complaints, []);
      await other.context.close();
    });
  }
});
