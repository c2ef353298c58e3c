// The live stream through the front door: what is called and changed is told within a second or two, a viewer that comes back goes on
// where it was, and who is disabled sees no more.
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { env } from '../lib/env.mjs';
import { createFastModel, createUser, issueKey } from '../lib/fixtures.mjs';
import { Management } from '../lib/management.mjs';
import { eventually } from '../lib/wait.mjs';

const CALLS = 5;

class Viewer {
  events = [];
  ended = false;
  #abort = new AbortController();

  static async open(person, headers = {}) {
    const viewer = new Viewer();
    const answer = await fetch(`${env.gateway}/api/admin/v1/live`, {
      headers: { authorization: `Bearer ${person.accessToken}`, ...headers },
      signal: viewer.#abort.signal,
    });
    assert.equal(answer.status, 200, answer.status === 200 ? '' : await answer.text());
    assert.match(answer.headers.get('content-type'), /^text\/event-stream/);
    viewer.#read(answer.body).catch(() => {}).finally(() => (viewer.ended = true));
    return viewer;
  }

  async #read(body) {
    let text = '';
    for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      const blocks = text.split('\n\n');
      text = blocks.pop();
      for (const block of blocks) {
        const fields = Object.fromEntries(block.split('\n').map((line) => line.split(/: (.*)/s, 2)));
        if (fields.event) {
          this.events.push({ id: Number(fields.id), name: fields.event, data: JSON.parse(fields.data) });
        }
      }
    }
  }

  of(name) {
    return this.events.filter((event) => event.name === name);
  }

  close() {
    this.#abort.abort();
  }
}

describe('the live stream', () => {
  let admin;
  let key;
  let model;

  before(async () => {
    admin = await Management.login();
    key = (await issueKey(admin)).key;
    model = await createFastModel(admin, key);
  });

  it('tells calls, gateways and changes, and goes on from where a viewer was', async () => {
    const viewer = await Viewer.open(admin);
    await eventually('a tick', async () => viewer.of('tick').length > 0);
    for (let i = 0; i < CALLS; i++) {
      const answer = await fetch(`${env.gateway}/v1/chat/completions`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify({ model, messages: [{ role: 'user', content: 'live' }] }),
      });
      assert.equal(answer.status, 200);
      await answer.text();
    }
    const called = () => viewer.of('tick').reduce((sum, { data }) => sum + (data.models[model] ?? 0), 0);
    await eventually('the calls', async () => called() === CALLS);
    await eventually('a gateway', async () => viewer.of('tick').some(({ data }) => data.gateways.some((one) => one.status === 'ok')));
    await eventually('its deployment', async () =>
      viewer.of('tick').some(({ data }) => data.gateways.some(({ deployments }) => deployments.some((one) => one.model === model && one.state === 'closed'))));

    const user = await createUser(admin);
    await eventually('the change', async () => viewer.of('audit').some(({ data }) => data.type === 'user.UserCreated' && data.entity_id === user.id));
    const { id } = viewer.of('audit').find(({ data }) => data.entity_id === user.id);
    viewer.close();

    const again = await Viewer.open(admin, { 'last-event-id': String(id - 1) });
    await eventually('the change once more', async () => again.of('audit').some(({ data }) => data.entity_id === user.id));
    assert.ok(again.events.every((event) => event.id >= id));
    assert.ok(!JSON.stringify(again.events).includes(user.credentials.username), 'no name is told');
    again.close();
  });

  it('ends for who is disabled', async () => {
    const auditor = await createUser(admin, 'auditor');
    const viewer = await Viewer.open(await Management.login(auditor.credentials));
    await eventually('a tick', async () => viewer.of('tick').length > 0);
    await admin.write('POST', `users/${auditor.id}/disable`);
    await eventually('the end', async () => viewer.ended, { within: 5_000 });
  });
});
