// Vectors, sound, pictures and realtime with @copilotkit/aimock behind: what passes through to a provider as it is.
import { LLMock } from '@copilotkit/aimock';
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import OpenAI, { toFile } from 'openai';
import { openai, post } from '../lib/chat.mjs';
import { createModel, issueKey, secret } from '../lib/fixtures.mjs';
import { Management } from '../lib/management.mjs';
import { png, wav } from '../lib/media.mjs';
import { GatewaySocket } from '../lib/socket.mjs';
import { usageOf } from '../lib/usage.mjs';
import { eventually } from '../lib/wait.mjs';

const UPSTREAM_MODEL = 'their-model';
const VECTOR = [0.5, -0.25, 0.125, 1e-3];
const SOUND = Buffer.from([0xff, 0xfb, 0x90, 0x00, 0x80, 0x0d, 0x0a, 0x00, 0xc3, 0x28]);
const HEARD = '大家好 🎙️ hello';
const PICTURE = png(16).toString('base64');
const providerKey = secret('upstream-key');
let upstream;
let admin;
let issued;
let client;

before(async () => {
  upstream = new LLMock({ port: 0, chunkSize: 3, auth: { apiKeys: [providerKey] } });
  // Each only for the name that the deployment gives the model, which in a form is one part among files.
  const match = { model: UPSTREAM_MODEL };
  upstream.on({ ...match, endpoint: 'embedding' }, { embedding: VECTOR });
  upstream.on({ ...match, endpoint: 'speech' }, { audio: SOUND.toString('base64'), format: 'mp3' });
  upstream.on({ ...match, endpoint: 'transcription' }, { transcription: { text: HEARD } });
  upstream.on({ ...match, endpoint: 'translation' }, { transcription: { text: HEARD } });
  upstream.on({ ...match, endpoint: 'image' }, { image: { b64Json: PICTURE } });
  upstream.onModerate('vile', { flagged: true, categories: { violence: true } });
  upstream.onRerank('fox', [{ index: 1, relevance_score: 0.9 }, { index: 0, relevance_score: 0.1 }]);
  upstream.onMessage('greet', { content: HEARD });
  await upstream.start();
  admin = await Management.login();
  issued = await issueKey(admin);
  client = openai(issued.key);
});

after(() => upstream?.stop());

const modelOn = (type, base) =>
  createModel(admin, issued.key, { type, base_url: `${upstream.url}${base}`, api_key: providerKey }, { upstreamModel: UPSTREAM_MODEL });

for (const [type, base] of [
  ['openai', '/v1'],
  ['openai-compatible', '/v1'],
  ['azure-openai', ''],
]) {
  describe(`a provider of type ${type}`, () => {
    let model;

    before(async () => {
      ({ name: model } = await modelOn(type, base));
    });

    it('embeds: base64 for the SDK, although this upstream knows floats only', async () => {
      const { data, request_id } = await client.embeddings.create({ model, input: ['one', 'two'] }).withResponse();
      for (const one of data.data) {
        assert.deepEqual(one.embedding.map((number) => Math.fround(number)), VECTOR.map(Math.fround));
      }
      const floats = await client.embeddings.create({ model, input: 'one', encoding_format: 'float' });
      assert.deepEqual(floats.data[0].embedding, VECTOR);
      const row = await usageOf(admin, request_id);
      assert.deepEqual([row.endpoint, row.outcome, row.upstream_model], ['embeddings', 'completed', UPSTREAM_MODEL]);
    });

    it('speaks: every byte', async () => {
      const answer = await client.audio.speech.create({ model, voice: 'alloy', input: 'Hello' });
      assert.deepEqual(Buffer.from(await answer.arrayBuffer()), SOUND);
      assert.equal(answer.headers.get('content-type'), 'audio/mpeg');
    });

    it('transcribes and translates an upload', async () => {
      const upload = async () => ({ model, file: await toFile(wav(), '会议.wav', { type: 'audio/wav' }) });
      assert.equal((await client.audio.transcriptions.create(await upload())).text, HEARD);
      assert.equal((await client.audio.translations.create(await upload())).text, HEARD);
    });

    it('draws, and edits an upload', async () => {
      assert.equal((await client.images.generate({ model, prompt: 'a fox' })).data[0].b64_json, PICTURE);
      const image = await toFile(png(), 'fox.png', { type: 'image/png' });
      assert.equal((await client.images.edit({ model, image, prompt: 'a redder fox' })).data[0].b64_json, PICTURE);
    });
  });
}

describe('moderation and ranking', () => {
  it('are asked of whoever has them', async () => {
    for (const type of ['openai', 'openai-compatible']) {
      const { name: model } = await modelOn(type, '/v1');
      const { results } = await client.moderations.create({ model, input: 'a vile thing' });
      assert.deepEqual([results[0].flagged, results[0].categories.violence], [true, true]);
    }
    const { name: model } = await modelOn('openai-compatible', '/v2');
    const answer = await post(issued.key, { model, query: 'fox', documents: ['bread', 'a fox'] }, { path: '/v1/rerank' });
    assert.deepEqual(answer.json?.results?.map((one) => one.index), [1, 0], answer.text);
  });

  it('are refused, not invented, where the provider has none', async () => {
    const { name: model } = await modelOn('anthropic', '/v1');
    for (const call of [
      () => client.embeddings.create({ model, input: 'Hello' }),
      () => client.moderations.create({ model, input: 'Hello' }),
      () => client.images.generate({ model, prompt: 'Hello' }),
      () => client.audio.speech.create({ model, voice: 'alloy', input: 'Hello' }),
    ]) {
      await assert.rejects(call, (error) => {
        assert.ok(error instanceof OpenAI.BadRequestError, `${error}`);
        assert.equal(error.type, 'invalid_request_error');
        return true;
      });
    }
  });
});

describe('a realtime session', () => {
  it('passes through frame by frame and is recorded when it ends', async () => {
    const own = await issueKey(admin);
    const { name: model } = await modelOn('openai', '/v1');
    const socket = await GatewaySocket.open(own.key, `/v1/realtime?model=${model}`);
    assert.equal(socket.protocol, 'realtime');
    assert.equal((await socket.next()).type, 'session.created');
    socket.send({ type: 'session.update', session: { type: 'realtime', output_modalities: ['text'] } });
    assert.equal((await socket.next()).type, 'session.updated');
    const content = [{ type: 'input_text', text: 'greet' }];
    socket.send({ type: 'conversation.item.create', item: { type: 'message', role: 'user', content } });
    socket.send({ type: 'response.create' });
    let said = '';
    let frame = await socket.next();
    for (; frame.type !== 'response.done' && frame.type !== 'error'; frame = await socket.next()) {
      said += frame.type === 'response.output_text.delta' ? frame.delta : '';
    }
    assert.deepEqual([frame.type, said], ['response.done', HEARD], JSON.stringify(frame));
    socket.close();
    const { value: row } = await eventually('the record', async () => (await admin.get(`usage/requests?api_key_id=${own.id}`)).data[0]);
    assert.deepEqual([row.endpoint, row.outcome, row.model, row.upstream_model], ['realtime', 'completed', model, UPSTREAM_MODEL]);
  });

  it('is refused in the handshake for an unknown model', async () => {
    await assert.rejects(GatewaySocket.open(issued.key, '/v1/realtime?model=nobody'), /handshake/);
  });
});
