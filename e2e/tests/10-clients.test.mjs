// The official npm client, and the calls that the seed's README shows.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { before, describe, it } from 'node:test';
import OpenAI from 'openai';
import { ask, events, openai, post } from '../lib/chat.mjs';
import { env } from '../lib/env.mjs';
import { createSlowModel, issueKey, unique } from '../lib/fixtures.mjs';
import { Management } from '../lib/management.mjs';
import { usageOf } from '../lib/usage.mjs';

const MODEL = 'gpt-4o';
let admin;
let issued;
let client;

before(async () => {
  admin = await Management.login();
  issued = await issueKey(admin);
  client = openai(issued.key);
});

describe('the official openai client', () => {
  it('chats', async () => {
    const { data, request_id } = await client.chat.completions.create({ model: MODEL, messages: ask('Hello') }).withResponse();
    assert.equal(data.object, 'chat.completion');
    assert.equal(data.choices[0].message.role, 'assistant');
    assert.ok(data.choices[0].message.content.length > 0);
    assert.equal(data.choices[0].finish_reason, 'stop');
    assert.ok(data.usage.prompt_tokens > 0 && data.usage.completion_tokens > 0);
    assert.equal(data.usage.total_tokens, data.usage.prompt_tokens + data.usage.completion_tokens);
    assert.match(request_id, /^req_/);
  });

  it('streams, and is not told the usage that it did not ask for', async () => {
    const { data: stream, request_id } = await client.chat.completions
      .create({ model: MODEL, messages: ask('Hello'), stream: true })
      .withResponse();
    const chunks = await Array.fromAsync(stream);
    assert.ok(chunks.length > 2, `only ${chunks.length} chunks`);
    for (const chunk of chunks) {
      assert.equal(chunk.object, 'chat.completion.chunk');
      assert.equal(chunk.id, chunks[0].id);
      assert.equal(chunk.choices.length, 1, 'a usage chunk came unasked');
      assert.ok(!chunk.usage);
    }
    assert.equal(chunks.at(-1).choices[0].finish_reason, 'stop');
    assert.ok(chunks.map((chunk) => chunk.choices[0].delta.content ?? '').join('').length > 0);
    const row = await usageOf(admin, request_id);
    assert.ok(row.completion_tokens > 0, 'tokens are billed all the same');
  });

  it('streams with include_usage: one last chunk without choices', async () => {
    const { data: stream, request_id } = await client.chat.completions
      .create({ model: MODEL, messages: ask('Hello'), stream: true, stream_options: { include_usage: true } })
      .withResponse();
    const chunks = await Array.fromAsync(stream);
    const last = chunks.pop();
    assert.deepEqual(last.choices, []);
    assert.ok(chunks.every((chunk) => !chunk.usage));
    const row = await usageOf(admin, request_id);
    assert.equal(row.prompt_tokens, last.usage.prompt_tokens);
    assert.equal(row.completion_tokens, last.usage.completion_tokens);
    assert.equal(row.stream, true);
  });

  it('lists and retrieves models', async () => {
    const models = await Array.fromAsync(client.models.list());
    const ids = models.map((model) => model.id);
    for (const seeded of ['gpt-4o', 'deepseek-chat', 'claude-sonnet']) {
      assert.ok(ids.includes(seeded), `${seeded} is missing in ${ids}`);
    }
    const model = await client.models.retrieve(MODEL);
    assert.deepEqual([model.id, model.object], [MODEL, 'model']);
    assert.ok(Number.isInteger(model.created));
  });

  it('gets an AuthenticationError for a wrong key', async () => {
    const wrong = openai(`${issued.key.slice(0, -1)}${issued.key.endsWith('0') ? '1' : '0'}`);
    await assert.rejects(wrong.chat.completions.create({ model: MODEL, messages: ask('Hello') }), (error) => {
      assert.ok(error instanceof OpenAI.AuthenticationError, `${error}`);
      assert.deepEqual([error.status, error.code], [401, 'invalid_api_key']);
      return true;
    });
    await assert.rejects(openai('nonsense').models.list(), OpenAI.AuthenticationError);
  });

  it('gets a NotFoundError for an unknown model', async () => {
    for (const call of [
      () => client.chat.completions.create({ model: unique('nobody'), messages: ask('Hello') }),
      () => client.models.retrieve(unique('nobody')),
    ]) {
      await assert.rejects(call, (error) => {
        assert.ok(error instanceof OpenAI.NotFoundError, `${error}`);
        assert.equal(error.code, 'model_not_found');
        return true;
      });
    }
  });

  it('leaves in mid-stream: the record says aborted and keeps the partial tokens', async () => {
    const slow = await createSlowModel(admin, issued.key);
    const whole = await client.chat.completions.create({ model: slow.name, messages: ask('Hello') });
    const { data: stream, request_id } = await client.chat.completions
      .create({ model: slow.name, messages: ask('Hello'), stream: true })
      .withResponse();
    let seen = 0;
    for await (const chunk of stream) {
      if (chunk.choices[0].delta.content && ++seen === 3) {
        stream.controller.abort();
        break;
      }
    }
    const row = await usageOf(admin, request_id);
    assert.deepEqual([row.outcome, row.status], ['aborted', 499]);
    assert.ok(row.completion_tokens > 0 && row.completion_tokens < whole.usage.completion_tokens, `${row.completion_tokens} tokens`);
  });
});

describe("the seed's examples", () => {
  it('curl', () => {
    const answer = execFileSync('curl', [
      ...['-sS', '-X', 'POST', `${env.gateway}/api/v1/chat/completions`],
      ...['-H', `Authorization: Bearer ${issued.key}`],
      ...['-H', 'Content-Type: application/json'],
      '-d',
      `{
    "model": "gpt-4o",
    "messages": [
      {"role": "user", "content": "Hello, world!"}
    ]
  }`,
    ]);
    assert.equal(JSON.parse(answer).object, 'chat.completion');
  });

  // What python-requests puts on the wire for `requests.post(url, headers=headers, json=data)`: its headers, and ASCII only.
  const python = {
    path: '/api/v1/chat/completions',
    headers: { 'user-agent': 'python-requests/2.32.5', 'accept-encoding': 'gzip, deflate', accept: '*/*' },
  };

  it('Python', async () => {
    const body =
      '{"model": "gpt-4o", "messages": [{"role": "user", "content": "\\u5199\\u4e00\\u4e2aPython\\u51fd\\u6570"}], ' +
      '"temperature": 0.7, "max_tokens": 1000}';
    const answer = await post(issued.key, body, python);
    assert.equal(answer.status, 200, answer.text);
    assert.match(answer.headers['content-type'], /^application\/json/);
    assert.ok(answer.json.choices[0].message.content.length > 0);
  });

  it('Python, streaming: every line is empty or data, and the last is [DONE]', async () => {
    const body =
      '{"model": "gpt-4o", "messages": [{"role": "user", "content": "\\u4ecb\\u7ecd\\u4e00\\u4e0b\\u4eba\\u5de5\\u667a\\u80fd"}], "stream": true}';
    const answer = await post(issued.key, body, python);
    assert.equal(answer.status, 200, answer.text);
    assert.match(answer.headers['content-type'], /^text\/event-stream/);
    assert.equal(answer.headers['content-encoding'], undefined);
    for (const line of answer.text.split('\n').filter(Boolean)) {
      assert.match(line, /^(data: |:)/);
    }
    assert.equal(events(answer.text).at(-1), '[DONE]');
  });
});
