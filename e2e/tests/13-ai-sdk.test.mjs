// Vercel's AI SDK with both of its ways in: @ai-sdk/openai (responses by default) and @ai-sdk/openai-compatible (chat).
import { APICallError, embed, embedMany, generateObject, generateText, isStepCount, streamObject, streamText, tool } from 'ai';
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { createFastModel, issueKey } from '../lib/fixtures.mjs';
import { Management } from '../lib/management.mjs';
import { aiCompatible, aiOpenai } from '../lib/sdks.mjs';
import { tokensOf, usageOf } from '../lib/usage.mjs';
import { CITY, description, QUESTION, report, Trip, TRIP_REQUEST, zodParameters } from '../lib/weather.mjs';

let admin;
let key;
let chatModel;

before(async () => {
  admin = await Management.login();
  ({ key } = await issueKey(admin));
  chatModel = await createFastModel(admin, key);
});

const ways = [
  { name: '@ai-sdk/openai, its default', endpoint: 'responses', model: (id = chatModel, apiKey = key) => aiOpenai(apiKey)(id) },
  { name: '@ai-sdk/openai, chat', endpoint: 'chat.completions', model: (id = chatModel, apiKey = key) => aiOpenai(apiKey).chat(id) },
  { name: '@ai-sdk/openai-compatible', endpoint: 'chat.completions', model: (id = chatModel, apiKey = key) => aiCompatible(apiKey)(id) },
];

for (const { name, endpoint, model } of ways) {
  describe(name, () => {
    const call = (fields) => ({ model: model(), maxRetries: 0, ...fields });

    it('generates text, and knows what it used', async () => {
      const { text, finishReason, usage, response } = await generateText(call({ system: 'Be brief.', prompt: 'Good morning' }));
      assert.match(text, /You said: "Good morning"/);
      assert.equal(finishReason, 'stop');
      const row = await usageOf(admin, response.headers['x-request-id']);
      assert.deepEqual(tokensOf(row), [usage.inputTokens, usage.outputTokens]);
      assert.equal(row.endpoint, endpoint);
    });

    it('streams text', async () => {
      const stream = streamText(call({ prompt: 'Good morning', onError: () => {} }));
      const parts = await Array.fromAsync(stream.textStream);
      assert.ok(parts.length > 2, `${parts.length} parts`);
      assert.match(parts.join(''), /You said: "Good morning"/);
      assert.equal(await stream.finishReason, 'stop');
      const usage = await stream.usage;
      const row = await usageOf(admin, (await stream.response).headers['x-request-id']);
      assert.deepEqual(tokensOf(row), [usage.inputTokens, usage.outputTokens]);
    });

    const weather = () => {
      const called = [];
      const execute = async ({ city }) => {
        called.push(city);
        return report(city);
      };
      return { called, tools: { get_weather: tool({ description, inputSchema: zodParameters, execute }) }, stopWhen: isStepCount(3) };
    };

    it('calls a tool and goes on with its result', async () => {
      const { called, ...rest } = weather();
      const { text, steps } = await generateText(call({ prompt: QUESTION, ...rest }));
      assert.deepEqual(called, [CITY]);
      assert.deepEqual(steps.map((step) => step.finishReason), ['tool-calls', 'stop']);
      assert.match(text, new RegExp(report(CITY)));
    });

    it('calls a tool and goes on with its result, streaming', async () => {
      const { called, ...rest } = weather();
      const stream = streamText(call({ prompt: QUESTION, ...rest, onError: () => {} }));
      const text = (await Array.fromAsync(stream.textStream)).join('');
      assert.deepEqual(called, [CITY]);
      assert.match(text, new RegExp(report(CITY)));
    });

    it('fills a form, whole and streamed', async () => {
      const { object } = await generateObject(call({ schema: Trip, prompt: TRIP_REQUEST }));
      assert.deepEqual([object.city, object.days, object.mood], ['Lisbon', 3, 'wild']);
      const stream = streamObject(call({ schema: Trip, prompt: TRIP_REQUEST, onError: () => {} }));
      const partial = await Array.fromAsync(stream.partialObjectStream);
      assert.ok(partial.length > 1, `${partial.length} partial objects`);
      assert.deepEqual(await stream.object, object);
    });

    it('is told what is wrong', async () => {
      await assert.rejects(generateText(call({ model: model('nobody'), prompt: 'Hello' })), (error) => {
        assert.ok(APICallError.isInstance(error), `${error}`);
        assert.deepEqual([error.statusCode, error.isRetryable], [404, false]);
        assert.match(error.message, /nobody/);
        return true;
      });
      await assert.rejects(generateText(call({ model: model(chatModel, 'sk-wrong'), prompt: 'Hello' })), { statusCode: 401 });
    });
  });
}

describe('embeddings', () => {
  it('are the same through both', async () => {
    const values = ['the quick brown fox', 'something else'];
    const [one, many] = await Promise.all([
      embed({ model: aiOpenai(key).embedding('text-embedding-3-small'), value: values[0] }),
      embedMany({ model: aiCompatible(key).embeddingModel('text-embedding-3-small'), values }),
    ]);
    assert.equal(one.embedding.length, 1536);
    assert.equal(many.embeddings.length, 2);
    one.embedding.forEach((number, at) => assert.ok(Math.abs(number - many.embeddings[0][at]) < 1e-6));
    assert.ok(one.usage.tokens > 0);
  });
});
