// Anthropic's npm client: its API in front, the built-in mock, which speaks OpenAI's, behind.
import Anthropic from '@anthropic-ai/sdk';
import { betaZodTool } from '@anthropic-ai/sdk/helpers/beta/zod';
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { ask, post } from '../lib/chat.mjs';
import { env } from '../lib/env.mjs';
import { createFastModel, createSlowModel, issueKey, unique } from '../lib/fixtures.mjs';
import { send } from '../lib/http.mjs';
import { Management } from '../lib/management.mjs';
import { png } from '../lib/media.mjs';
import { anthropic } from '../lib/sdks.mjs';
import { tokensOf, usageOf } from '../lib/usage.mjs';
import { CITY, description, messagesTool, QUESTION, report, zodParameters } from '../lib/weather.mjs';

let admin;
let issued;
let client;
let chatModel;
/** What every message needs. */
let basics;

before(async () => {
  admin = await Management.login();
  issued = await issueKey(admin);
  client = anthropic(issued.key);
  chatModel = await createFastModel(admin, issued.key);
  basics = { model: chatModel, max_tokens: 1_024 };
});

const recorded = async (call) => {
  const { data, response } = await call.withResponse();
  return { data, row: await usageOf(admin, response.headers.get('x-request-id')) };
};

describe('the official Anthropic client', () => {
  it('sends a message', async () => {
    const { data, row } = await recorded(client.messages.create({ ...basics, system: 'Be brief.', messages: ask('Bonjour') }));
    assert.deepEqual([data.type, data.role, data.stop_reason], ['message', 'assistant', 'end_turn']);
    assert.match(data.id, /^msg_/);
    assert.deepEqual(data.content.map((block) => block.type), ['text']);
    assert.match(data.content[0].text, /You said: "Bonjour"/);
    assert.ok(data.usage.input_tokens > 0 && data.usage.output_tokens > 0);
    assert.deepEqual(tokensOf(row), [data.usage.input_tokens, data.usage.output_tokens]);
    assert.deepEqual([row.endpoint, row.outcome], ['messages', 'completed']);
  });

  it('streams: one block opened and closed, tokens told at both ends', async () => {
    const { data, response } = await client.messages.create({ ...basics, messages: ask('Bonjour'), stream: true }).withResponse();
    const events = await Array.fromAsync(data);
    assert.deepEqual(
      events.map((event) => event.type).filter((type, at, all) => type !== all[at - 1]),
      ['message_start', 'content_block_start', 'content_block_delta', 'content_block_stop', 'message_delta', 'message_stop'],
    );
    assert.ok(events.length > 8, `${events.length} events`);
    assert.ok(events[0].message.usage.input_tokens > 0, 'Claude Code shows nothing when this is zero');
    const last = events.at(-2);
    assert.equal(last.delta.stop_reason, 'end_turn');
    const row = await usageOf(admin, response.headers.get('x-request-id'));
    assert.equal(row.completion_tokens, last.usage.output_tokens);
    assert.equal(row.stream, true);
  });

  it("gathers a stream with the SDK's helper", async () => {
    const stream = client.messages.stream({ ...basics, messages: ask('Bonjour') });
    let text = '';
    stream.on('text', (delta) => (text += delta));
    const message = await stream.finalMessage();
    assert.equal(message.content[0].text, text);
    const whole = await client.messages.create({ ...basics, messages: ask('Bonjour') });
    assert.equal(text, whole.content[0].text);
    assert.equal(message.usage.output_tokens, whole.usage.output_tokens);
  });

  it('stops where it is told to: max_tokens and stop_sequences', async () => {
    const short = await client.messages.create({ ...basics, max_tokens: 3, messages: ask('Bonjour') });
    assert.equal(short.stop_reason, 'max_tokens');
    assert.ok(short.usage.output_tokens <= 3);
    const stopped = await client.messages.create({ ...basics, stop_sequences: ['mock'], messages: ask('Bonjour') });
    assert.doesNotMatch(stopped.content[0].text, /mock/);
    assert.ok(['stop_sequence', 'end_turn'].includes(stopped.stop_reason), stopped.stop_reason);
  });

  it('calls a tool and takes its result, whole and streamed', async () => {
    const request = { ...basics, messages: ask(QUESTION), tools: [messagesTool] };
    const whole = await client.messages.create(request);
    const streamed = await client.messages.stream(request).finalMessage();
    for (const message of [whole, streamed]) {
      assert.equal(message.stop_reason, 'tool_use');
      const call = message.content.find((block) => block.type === 'tool_use');
      assert.deepEqual([call.name, call.input], ['get_weather', { city: CITY }]);
      const answer = await client.messages.create({
        ...request,
        messages: [
          ...request.messages,
          { role: 'assistant', content: message.content },
          { role: 'user', content: [{ type: 'tool_result', tool_use_id: call.id, content: report(CITY) }] },
        ],
      });
      assert.equal(answer.stop_reason, 'end_turn');
      assert.match(answer.content[0].text, new RegExp(report(CITY)));
    }
  });

  it('runs a tool by itself, over the beta address', async () => {
    const called = [];
    const message = await client.beta.messages.toolRunner({
      ...basics,
      messages: ask(QUESTION),
      tools: [
        betaZodTool({
          ...{ name: 'get_weather', description, inputSchema: zodParameters },
          run: ({ city }) => {
            called.push(city);
            return report(city);
          },
        }),
      ],
    });
    assert.deepEqual(called, [CITY]);
    assert.match(message.content[0].text, new RegExp(report(CITY)));
  });

  it('takes what Claude Code sends', async () => {
    const cache_control = { type: 'ephemeral' };
    const message = await client.beta.messages
      .stream({
        ...basics,
        betas: ['claude-code-20250219', 'interleaved-thinking-2025-05-14', 'prompt-caching-2024-07-31'],
        system: [
          { type: 'text', text: 'You are Claude Code.' },
          { type: 'text', text: 'Be brief.', cache_control },
        ],
        messages: [{ role: 'user', content: [{ type: 'text', text: '<context/>' }, { type: 'text', text: QUESTION, cache_control }] }],
        tools: [messagesTool, { name: 'Bash', description: 'Runs a command.', input_schema: { type: 'object', properties: { command: { type: 'string' } } }, cache_control }],
        metadata: { user_id: 'user_abc_account__session_1' },
        temperature: 1,
      })
      .finalMessage();
    assert.equal(message.stop_reason, 'tool_use');
    assert.deepEqual(message.content.at(-1).input, { city: CITY });
  });

  it('leaves in mid-stream: the record says aborted and keeps the partial tokens', async () => {
    const slow = await createSlowModel(admin, issued.key);
    const { data: stream, response } = await client.messages.create({ ...basics, model: slow.name, messages: ask('Bonjour'), stream: true }).withResponse();
    let seen = 0;
    for await (const event of stream) {
      if (event.type === 'content_block_delta' && ++seen === 3) {
        stream.controller.abort();
        break;
      }
    }
    const row = await usageOf(admin, response.headers.get('x-request-id'));
    assert.deepEqual([row.outcome, row.status, row.endpoint], ['aborted', 499, 'messages']);
    assert.ok(row.completion_tokens >= 3 && row.completion_tokens < 30, `${row.completion_tokens} tokens`);
  });

  it('obeys tool_choice', async () => {
    const choose = (tool_choice) => client.messages.create({ ...basics, messages: ask('Tell me a tale'), tools: [messagesTool], tool_choice });
    assert.equal((await choose({ type: 'any' })).stop_reason, 'tool_use');
    assert.equal((await choose({ type: 'tool', name: 'get_weather' })).content.at(-1).name, 'get_weather');
    assert.equal((await choose({ type: 'none' })).stop_reason, 'end_turn');
  });

  it('shows a picture', async () => {
    const source = { type: 'base64', media_type: 'image/png', data: png().toString('base64') };
    const content = [{ type: 'image', source }, { type: 'text', text: 'What is this?' }];
    const message = await client.messages.create({ ...basics, messages: [{ role: 'user', content }] });
    assert.match(message.content[0].text, /You showed me 1 image\./);
  });

  it('thinks, in blocks of its own', async () => {
    const request = { ...basics, max_tokens: 4_096, thinking: { type: 'enabled', budget_tokens: 2_048 }, messages: ask('Bonjour') };
    const whole = await client.messages.create(request);
    const streamed = await client.messages.stream(request).finalMessage();
    for (const message of [whole, streamed]) {
      assert.deepEqual(message.content.map((block) => block.type), ['thinking', 'text']);
      assert.match(message.content[0].thinking, /I think/);
      const replayed = [...request.messages, { role: 'assistant', content: message.content }, ...ask('Encore')];
      assert.match((await client.messages.create({ ...request, messages: replayed })).content.at(-1).text, /Encore/);
    }
  });

  it('counts tokens, more for more, and for nothing', async () => {
    const short = await client.messages.countTokens({ model: chatModel, messages: ask('Bonjour') });
    const long = await client.messages.countTokens({ model: chatModel, system: 'Be brief.', messages: ask('Bonjour '.repeat(100)), tools: [messagesTool] });
    assert.ok(short.input_tokens > 0);
    assert.ok(long.input_tokens > short.input_tokens + 90, `${short.input_tokens}, ${long.input_tokens}`);
    const sent = await client.messages.create({ ...basics, messages: ask('Bonjour') });
    assert.ok(Math.abs(sent.usage.input_tokens - short.input_tokens) <= 8, `${short.input_tokens} counted, ${sent.usage.input_tokens} billed`);
  });

  it('lists and retrieves models', async () => {
    const models = await Array.fromAsync(client.models.list());
    assert.ok(models.some((model) => model.id === chatModel), `${models.map((model) => model.id)}`);
    const model = await client.models.retrieve(chatModel);
    assert.equal(model.id, chatModel);
    assert.equal(model.type, 'model');
    assert.ok(model.display_name && !Number.isNaN(Date.parse(model.created_at)), JSON.stringify(model));
  });

  it("knows a request's id, of answers and of errors", async () => {
    const message = await client.messages.create({ ...basics, messages: ask('Bonjour') });
    assert.match(message._request_id ?? '', /^req_/);
    await assert.rejects(client.messages.create({ ...basics, messages: [] }), (error) => /^req_/.test(error.requestID ?? ''));
  });

  it('is greeted at the door as Claude Code does it', async () => {
    assert.equal((await send(env.gateway, { method: 'HEAD' })).status, 200);
  });
});

describe("Anthropic's errors", () => {
  const refused = (call, type, status, kind) =>
    assert.rejects(call, (error) => {
      assert.ok(error instanceof type, `${error.constructor.name}: ${error}`);
      assert.equal(error.status, status);
      assert.deepEqual([error.error.type, error.error.error.type], ['error', kind]);
      assert.ok(error.error.error.message);
      return true;
    });

  it('are NotFoundError for an unknown model', async () => {
    const request = { ...basics, model: unique('claude'), messages: ask('Bonjour') };
    await refused(() => client.messages.create(request), Anthropic.NotFoundError, 404, 'not_found_error');
    await refused(() => client.messages.create({ ...request, stream: true }), Anthropic.NotFoundError, 404, 'not_found_error');
    const { model, messages } = request;
    await refused(() => client.messages.countTokens({ model, messages }), Anthropic.NotFoundError, 404, 'not_found_error');
  });

  it('are AuthenticationError for a wrong key', async () => {
    const stranger = anthropic('sk-ant-wrong');
    await refused(() => stranger.messages.create({ ...basics, messages: ask('Bonjour') }), Anthropic.AuthenticationError, 401, 'authentication_error');
  });

  it('are BadRequestError for what cannot be', async () => {
    for (const request of [
      { model: chatModel, messages: ask('Bonjour') },
      { ...basics, messages: [] },
      { ...basics, messages: ask('Bonjour'), tools: [{ type: 'web_search_20250305', name: 'web_search' }] },
    ]) {
      await refused(() => client.messages.create(request), Anthropic.BadRequestError, 400, 'invalid_request_error');
    }
    const answer = await post(issued.key, '{"model":', { path: '/v1/messages' });
    assert.deepEqual([answer.status, answer.json.type, answer.json.error.type], [400, 'error', 'invalid_request_error']);
    const row = await usageOf(admin, answer.headers['x-request-id']);
    assert.deepEqual([row.outcome, row.status, row.endpoint], ['rejected', 400, 'messages']);
  });
});
