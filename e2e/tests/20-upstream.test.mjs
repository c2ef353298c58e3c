// An upstream that nobody here wrote, @copilotkit/aimock, behind a tap that shows what really arrives there.
import { LLMock } from '@copilotkit/aimock';
import assert from 'node:assert/strict';
import http from 'node:http';
import { after, before, describe, it } from 'node:test';
import { ask, openai, post } from '../lib/chat.mjs';
import { createModel, issueKey, secret } from '../lib/fixtures.mjs';
import { Management } from '../lib/management.mjs';

const TEXT = '你好,世界 🚀👩‍👩‍👧 – naïve “quotes”';
const USAGE = { prompt_tokens: 31, completion_tokens: 17, total_tokens: 48 };
const providerKey = secret('upstream-key');
const arrived = [];
let upstream;
let tap;
let admin;
let issued;
let client;
let model;

before(async () => {
  // It answers 401 to any other key; chunks of three characters cut between surrogates' neighbours.
  upstream = new LLMock({ port: 0, chunkSize: 3, auth: { apiKeys: [providerKey] } });
  upstream.onMessage('greet', { content: TEXT, usage: USAGE });
  upstream.onMessage('weather', { toolCalls: [{ name: 'get_weather', arguments: '{"city":"北京 🏯"}' }] });
  upstream.onMessage('broken', {
    error: { message: 'no such knob', type: 'invalid_request_error', param: 'knob', code: 'unknown_knob' },
    status: 422,
  });
  await upstream.start();
  tap = await startTap(new URL(upstream.url).port);
  admin = await Management.login();
  issued = await issueKey(admin);
  client = openai(issued.key);
  model = await createModel(
    admin,
    issued.key,
    { type: 'openai-compatible', base_url: `http://127.0.0.1:${tap.address().port}/v1`, api_key: providerKey },
    { upstreamModel: 'their-name' },
  );
});

after(async () => {
  tap?.close();
  await upstream?.stop();
});

/** A pass-through server that notes headers and body; aimock's own journal redacts the key. */
function startTap(port) {
  const server = http.createServer((request, response) => {
    const parts = [];
    request.on('data', (part) => parts.push(part));
    request.on('end', () => {
      const body = Buffer.concat(parts);
      arrived.push({ url: request.url, headers: request.headers, body: body.toString() });
      const { method, url, headers } = request;
      http.request({ host: '127.0.0.1', port, method, path: url, headers }, (answer) => {
          response.writeHead(answer.statusCode, answer.headers);
          answer.pipe(response);
        })
        .on('error', () => response.destroy())
        .end(body);
    });
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

describe('@copilotkit/aimock as the upstream', () => {
  it('chats: text with Chinese and emoji, and its own token counts', async () => {
    const answer = await client.chat.completions.create({ model: model.name, messages: ask('greet') });
    assert.equal(answer.choices[0].message.content, TEXT);
    assert.deepEqual(answer.usage, USAGE);
  });

  it('streams the same text', async () => {
    const stream = await client.chat.completions.create({
      ...{ model: model.name, messages: ask('greet'), stream: true },
      stream_options: { include_usage: true },
    });
    const chunks = await Array.fromAsync(stream);
    assert.equal(chunks.map((chunk) => chunk.choices[0]?.delta.content ?? '').join(''), TEXT);
    assert.ok(chunks.length > 5, `${chunks.length} chunks`);
    assert.deepEqual(chunks.at(-1).usage, USAGE);
  });

  it('calls tools, streaming and not', async () => {
    const call = {
      model: model.name,
      messages: ask('weather'),
      tools: [{ type: 'function', function: { name: 'get_weather', parameters: { type: 'object', properties: { city: { type: 'string' } } } } }],
    };
    const whole = await client.chat.completions.create(call);
    assert.equal(whole.choices[0].finish_reason, 'tool_calls');
    assert.deepEqual(whole.choices[0].message.tool_calls[0].function, { name: 'get_weather', arguments: '{"city":"北京 🏯"}' });
    const streamed = await client.chat.completions.stream(call).finalChatCompletion();
    assert.equal(streamed.choices[0].message.tool_calls[0].function.arguments, '{"city":"北京 🏯"}');
  });

  it('fails: status and every part of the error pass through', async () => {
    for (const stream of [false, true]) {
      const answer = await post(issued.key, { model: model.name, messages: ask('broken'), stream });
      assert.equal(answer.status, 422);
      const { message, type, param, code } = answer.json.error;
      assert.deepEqual({ message, type, code }, { message: 'no such knob', type: 'invalid_request_error', code: 'unknown_knob' });
      assert.ok(param !== undefined, 'all four keys are there');
      assert.doesNotMatch(answer.text, /127\.0\.0\.1/, "the upstream's address leaks");
    }
  });

  it("gets fields that the gateway does not know, the upstream's model name, its own key – and never the client's", async () => {
    arrived.length = 0;
    const answer = await post(
      issued.key,
      { model: model.name, messages: ask('greet'), reasoning_effort: 'low', x_unknown: { deep: [1, '二'] } },
      { headers: { 'x-api-key': issued.key, cookie: `key=${issued.key}` } },
    );
    assert.equal(answer.status, 200, answer.text);
    assert.equal(arrived.length, 1);
    const [{ headers, body }] = arrived;
    assert.equal(headers.authorization, `Bearer ${providerKey}`);
    assert.deepEqual(JSON.parse(body).x_unknown, { deep: [1, '二'] });
    assert.equal(JSON.parse(body).reasoning_effort, 'low');
    assert.equal(JSON.parse(body).model, 'their-name');
    assert.ok(!JSON.stringify(arrived).includes(issued.key), "the client's key went upstream");
  });
});
