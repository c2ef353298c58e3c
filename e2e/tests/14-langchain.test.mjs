// @langchain/openai over chat completions and over responses.
import { HumanMessage, ToolMessage } from '@langchain/core/messages';
import { tool } from '@langchain/core/tools';
import { OpenAIEmbeddings } from '@langchain/openai';
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { env } from '../lib/env.mjs';
import { createFastModel, issueKey } from '../lib/fixtures.mjs';
import { Management } from '../lib/management.mjs';
import { langchain } from '../lib/sdks.mjs';
import { CITY, description, QUESTION, report, Trip, TRIP_REQUEST, zodParameters } from '../lib/weather.mjs';

let key;
let chatModel;

before(async () => {
  const admin = await Management.login();
  ({ key } = await issueKey(admin));
  chatModel = await createFastModel(admin, key);
});

const weather = tool(({ city }) => report(city), { name: 'get_weather', description, schema: zodParameters });

for (const [api, fields] of [
  ['chat', {}],
  ['responses', { useResponsesApi: true }],
]) {
  describe(`@langchain/openai over ${api}`, () => {
    const model = (more = {}) => langchain(key, chatModel, { ...fields, ...more });

    it('invokes', async () => {
      const answer = await model().invoke('Good morning');
      assert.match(answer.text, /You said: "Good morning"/);
      const { input_tokens, output_tokens, total_tokens } = answer.usage_metadata;
      assert.ok(input_tokens > 0 && output_tokens > 0);
      assert.equal(total_tokens, input_tokens + output_tokens);
    });

    it('streams', async () => {
      const chunks = await Array.fromAsync(await model().stream('Good morning'));
      assert.ok(chunks.length > 2, `${chunks.length} chunks`);
      const whole = chunks.reduce((sum, chunk) => sum.concat(chunk));
      assert.match(whole.text, /You said: "Good morning"/);
      assert.ok(whole.usage_metadata.output_tokens > 0);
    });

    it('calls a bound tool and takes its result, whole and streamed', async () => {
      const bound = model().bindTools([weather]);
      const question = new HumanMessage(QUESTION);
      const streamed = (await Array.fromAsync(await bound.stream([question]))).reduce((sum, chunk) => sum.concat(chunk));
      for (const message of [await bound.invoke([question]), streamed]) {
        assert.deepEqual(message.tool_calls.map(({ name, args }) => ({ name, args })), [{ name: 'get_weather', args: { city: CITY } }]);
        const result = await weather.invoke(message.tool_calls[0]);
        assert.ok(result instanceof ToolMessage);
        const answer = await bound.invoke([question, message, result]);
        assert.match(answer.text, new RegExp(report(CITY)));
      }
    });

    it('fills a form, by schema and by tool', async () => {
      for (const method of ['jsonSchema', 'functionCalling']) {
        const trip = await model().withStructuredOutput(Trip, { name: 'trip', method }).invoke(TRIP_REQUEST);
        assert.deepEqual([trip.city, trip.days, trip.mood], ['Lisbon', 3, 'wild'], method);
      }
    });

    it('is told what is wrong', async () => {
      await assert.rejects(langchain(key, 'nobody', fields).invoke('Hello'), { status: 404 });
      await assert.rejects(langchain('sk-wrong', chatModel, fields).invoke('Hello'), { status: 401 });
    });
  });
}

it('@langchain/openai embeds', async () => {
  const embeddings = new OpenAIEmbeddings({ model: 'text-embedding-3-small', apiKey: key, configuration: { baseURL: `${env.gateway}/v1` } });
  const [one, same] = await embeddings.embedDocuments(['the quick brown fox', 'the quick brown fox']);
  assert.equal(one.length, 1536);
  assert.deepEqual(one, same);
});
