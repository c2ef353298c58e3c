// Every API of ours in front of every type of provider: official clients on one side, @copilotkit/aimock, which plays each
// provider's own API, on the other.
import { LLMock } from '@copilotkit/aimock';
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ask, post } from '../lib/chat.mjs';
import { createModel, issueKey, secret } from '../lib/fixtures.mjs';
import { ingresses } from '../lib/ingresses.mjs';
import { Management } from '../lib/management.mjs';
import { tokensOf, usageOf } from '../lib/usage.mjs';

const TEXT = '你好,世界 🚀👩‍👩‍👧 – naïve “quotes”';
const THOUGHT = 'Let me think about 想一想 that.';
const INPUT = { city: '北京 🏯' };
const REPORT = 'Sunny in 北京';
const USAGE = { prompt_tokens: 31, completion_tokens: 17, total_tokens: 48 };
const UPSTREAM_MODEL = 'their-model';
const GEMINI_MODEL = 'gemini-their-model';

/** Where each type's API lies, and how the calls for the three ingresses arrive there. */
const PROVIDERS = [
  { type: 'openai', base: '/v1', paths: { chat: '/v1/chat/completions', responses: '/v1/responses' } },
  { type: 'openai-compatible', base: '/v1', paths: { chat: '/v1/chat/completions' } },
  { type: 'deepseek', base: '/v1', paths: { chat: '/v1/chat/completions' } },
  { type: 'anthropic', base: '/v1', paths: { chat: '/v1/messages' } },
  { type: 'gemini', base: '/v1beta', upstreamModel: GEMINI_MODEL, paths: { chat: `/v1beta/models/${GEMINI_MODEL}:generateContent` } },
  {
    type: 'azure-openai',
    base: '',
    paths: { chat: `/openai/deployments/${UPSTREAM_MODEL}/chat/completions`, responses: '/openai/v1/responses' },
  },
];

const providerKey = secret('upstream-key');
let upstream;
let admin;
let issued;

before(async () => {
  // It answers 401 to any other key, in whatever header.
  upstream = new LLMock({ port: 0, chunkSize: 3, auth: { apiKeys: [providerKey] } });
  upstream.onMessage('greet', { content: TEXT, usage: USAGE });
  upstream.onMessage('ponder', { content: TEXT, reasoning: THOUGHT, reasoningSignature: 'c2lnbmVk', usage: USAGE });
  upstream.onMessage('go on and on', { content: TEXT, finishReason: 'length', usage: USAGE });
  const call = { toolCalls: [{ name: 'get_weather', arguments: JSON.stringify(INPUT) }], usage: USAGE };
  // Google has no finish reason for calls: left alone, aimock makes one up.
  upstream.on({ userMessage: 'weather', hasToolResult: false, model: GEMINI_MODEL }, { ...call, finishReason: 'stop' });
  upstream.on({ userMessage: 'weather', hasToolResult: false }, call);
  upstream.on({ toolResultContains: REPORT }, { content: `The tool says: ${REPORT}`, usage: USAGE });
  upstream.onMessage('broken', { error: { message: 'no such knob', type: 'invalid_request_error', code: 'unknown_knob' }, status: 400 });
  await upstream.start();
  admin = await Management.login();
  issued = await issueKey(admin);
});

after(() => upstream?.stop());

for (const { type, base, paths, upstreamModel = UPSTREAM_MODEL } of PROVIDERS) {
  describe(`a provider of type ${type}`, () => {
    let fronts;
    let model;

    before(async () => {
      const provider = { type, base_url: `${upstream.url}${base}`, api_key: providerKey };
      model = await createModel(admin, issued.key, provider, { upstreamModel });
      fronts = ingresses(issued.key, model.name);
    });

    const pathOf = (ingress) => (ingress.endpoint === 'responses' && paths.responses) || paths.chat;

    async function assertRecorded(ingress, answer, stream) {
      const row = await usageOf(admin, answer.requestId);
      assert.deepEqual(tokensOf(row), [USAGE.prompt_tokens, USAGE.completion_tokens]);
      assert.deepEqual(
        [row.endpoint, row.outcome, row.stream, row.tokens_estimated, row.upstream_model],
        [ingress.endpoint, 'completed', stream, false, upstreamModel],
      );
    }

    for (const [at, name] of ['chat completions', 'messages', 'responses'].entries()) {
      describe(`asked by ${name}`, () => {
        it('answers whole, by its own API', async () => {
          const ingress = fronts[at];
          upstream.clearRequests();
          const answer = await ingress.whole('greet');
          assert.deepEqual([answer.text, answer.stop, answer.calls], [TEXT, ingress.stops.end, []]);
          assert.deepEqual(answer.usage, [USAGE.prompt_tokens, USAGE.completion_tokens]);
          assert.equal(upstream.getLastRequest().path.split('?')[0], pathOf(ingress));
          await assertRecorded(ingress, answer, false);
        });

        it('streams', async () => {
          const ingress = fronts[at];
          const answer = await ingress.stream('greet');
          assert.deepEqual([answer.text, answer.stop, answer.calls], [TEXT, ingress.stops.end, []]);
          assert.deepEqual(answer.usage, [USAGE.prompt_tokens, USAGE.completion_tokens]);
          assert.ok(answer.pieces > 8, `${answer.pieces} pieces`);
          await assertRecorded(ingress, answer, true);
        });

        it('calls a tool and takes its result, whole and streamed', async () => {
          const ingress = fronts[at];
          for (const way of ['whole', 'stream']) {
            const called = await ingress[way]('weather', { tools: true });
            assert.deepEqual(called.calls.map(({ name, input }) => ({ name, input })), [{ name: 'get_weather', input: INPUT }], way);
            assert.equal(called.stop, ingress.stops.tool, way);
            assert.deepEqual(called.usage, [USAGE.prompt_tokens, USAGE.completion_tokens], way);
            const results = [{ id: called.calls[0].id, output: REPORT }];
            const answer = await ingress[way]('weather', { tools: true, said: called.said, results });
            assert.deepEqual([answer.text, answer.stop], [`The tool says: ${REPORT}`, ingress.stops.end], way);
          }
        });

        it('says when it was cut off', async () => {
          const ingress = fronts[at];
          for (const way of ['whole', 'stream']) {
            assert.equal((await ingress[way]('go on and on')).stop, ingress.stops.length, way);
          }
        });

        it('shows its reasoning apart from its answer', async () => {
          for (const way of ['whole', 'stream']) {
            const answer = await fronts[at][way]('ponder');
            assert.deepEqual([answer.text, answer.reasoning], [TEXT, THOUGHT], way);
          }
        });
      });
    }

    it('fails in the envelope of the API that was asked', async () => {
      for (const [path, body] of [
        ['/v1/chat/completions', { messages: ask('broken') }],
        ['/v1/responses', { input: 'broken' }],
        ['/v1/messages', { messages: ask('broken'), max_tokens: 9 }],
      ]) {
        for (const stream of [false, true]) {
          const answer = await post(issued.key, { model: model.name, stream, ...body }, { path });
          assert.equal(answer.status, 400, `${path}: ${answer.text}`);
          assert.equal(answer.json.type, path === '/v1/messages' ? 'error' : undefined);
          assert.match(answer.json.error.message, /no such knob/);
          assert.equal(answer.json.error.type, 'invalid_request_error');
          assert.doesNotMatch(answer.text, /127\.0\.0\.1|upstream-key/);
        }
      }
    });
  });
}
