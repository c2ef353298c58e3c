// The chat socket: questions in, chunks as frames out, one question at a time.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ask, openai, post } from '../lib/chat.mjs';
import { env } from '../lib/env.mjs';
import { createFastModel, createSlowModel, issueKey } from '../lib/fixtures.mjs';
import { send } from '../lib/http.mjs';
import { Management } from '../lib/management.mjs';
import { GatewaySocket } from '../lib/socket.mjs';
import { eventually } from '../lib/wait.mjs';
import { chatTool, CITY, QUESTION } from '../lib/weather.mjs';

const text = (frames) => frames.map((frame) => frame.choices[0]?.delta.content ?? '').join('');
const open = [];
let admin;
let issued;
let chatModel;

before(async () => {
  admin = await Management.login();
  issued = await issueKey(admin);
  chatModel = await createFastModel(admin, issued.key);
});

after(() => open.forEach((socket) => socket.close()));

async function socketOf(key, path = '/v1/chat/ws') {
  const socket = await GatewaySocket.open(key, path);
  open.push(socket);
  return socket;
}

describe('the chat socket', () => {
  it('answers one question behind the other with the chunks that chat streams', async () => {
    const socket = await socketOf(issued.key);
    assert.equal(socket.protocol, 'realtime');
    for (const question of ['Good morning', 'Good night']) {
      const body = { model: chatModel, messages: ask(question), stream: true };
      const frames = await socket.ask(body);
      assert.ok(frames.length > 2, `${frames.length} frames`);
      assert.ok(frames.every((frame) => frame.object === 'chat.completion.chunk' && frame.id === frames[0].id && frame.choices.length === 1));
      assert.equal(frames.at(-1).choices[0].finish_reason, 'stop');
      const whole = await post(issued.key, { ...body, stream: false });
      assert.equal(text(frames), whole.json.choices[0].message.content);
    }
  });

  it('tells the usage when asked, and each question is recorded', async () => {
    const own = await issueKey(admin);
    const socket = await socketOf(own.key, '/api/v1/chat/ws');
    const question = { model: chatModel, messages: ask('Good morning'), stream: true, stream_options: { include_usage: true } };
    const frames = await socket.ask(question);
    const { usage, choices } = frames.at(-1);
    assert.deepEqual(choices, []);
    await socket.ask(question);
    const { value: rows } = await eventually('both questions are recorded', async () => {
      const { data } = await admin.get(`usage/requests?api_key_id=${own.id}`);
      return data.length === 2 && data;
    });
    for (const row of rows) {
      assert.deepEqual([row.endpoint, row.outcome, row.prompt_tokens, row.completion_tokens], [
        ...['chat.completions', 'completed', usage.prompt_tokens, usage.completion_tokens],
      ]);
    }
    assert.notEqual(rows[0].request_id, rows[1].request_id);
  });

  it('answers whole when not asked to stream, and calls tools', async () => {
    const socket = await socketOf(issued.key);
    socket.send({ model: chatModel, messages: ask(QUESTION), tools: [chatTool] });
    const answer = await socket.next();
    assert.equal(answer.object, 'chat.completion');
    assert.equal(answer.choices[0].message.tool_calls[0].function.name, 'get_weather');
    assert.deepEqual(JSON.parse(answer.choices[0].message.tool_calls[0].function.arguments), { city: CITY });
  });

  it('refuses in an error frame and goes on', async () => {
    const socket = await socketOf(issued.key);
    for (const [question, code] of [
      ['{"model":', 'invalid_json'],
      [{ model: 'nobody', messages: ask('Hello') }, 'model_not_found'],
      [{ model: chatModel, messages: 'Hello', stream: true }, 'invalid_request'],
    ]) {
      socket.send(question);
      const { error } = await socket.next();
      assert.equal(error?.code, code, JSON.stringify(error));
      assert.deepEqual(Object.keys(error).sort(), ['code', 'message', 'param', 'type']);
    }
    assert.match(text(await socket.ask({ model: chatModel, messages: ask('Good morning'), stream: true })), /Good morning/);
  });

  it('takes no second question before the first is answered', async () => {
    const slow = await createSlowModel(admin, issued.key);
    const socket = await socketOf(issued.key);
    const question = { model: slow.name, messages: ask('Hello'), stream: true };
    socket.send(question);
    const first = await socket.next();
    assert.equal(first.choices[0].delta.role, 'assistant');
    socket.send(question);
    let refusal;
    for (let frame = await socket.next(); frame !== '[DONE]'; frame = await socket.next()) {
      refusal ??= frame.error;
    }
    assert.match(refusal?.message ?? '', /not answered yet/);
    assert.ok((await socket.ask(question)).length > 2);
  });

  it('is left in mid-answer: the record says aborted', async () => {
    const own = await issueKey(admin);
    const slow = await createSlowModel(admin, own.key);
    const socket = await socketOf(own.key);
    socket.send({ model: slow.name, messages: ask('Hello'), stream: true });
    for (let seen = 0; seen < 3; seen++) {
      await socket.next();
    }
    socket.close();
    const { value: row } = await eventually('the record', async () => (await admin.get(`usage/requests?api_key_id=${own.id}`)).data[0]);
    assert.deepEqual([row.outcome, row.status], ['aborted', 499]);
    const whole = await openai(own.key).chat.completions.create({ model: slow.name, messages: ask('Hello') });
    assert.ok(row.completion_tokens > 0 && row.completion_tokens < whole.usage.completion_tokens, `${row.completion_tokens} tokens`);
  });

  it('refuses a key that was revoked meanwhile', async () => {
    const doomed = await issueKey(admin);
    const socket = await socketOf(doomed.key);
    const question = { model: chatModel, messages: ask('Hello'), stream: true };
    assert.ok((await socket.ask(question)).length > 2);
    await admin.write('POST', `api-keys/${doomed.id}/revoke`);
    await eventually('the key is refused elsewhere', async () => (await post(doomed.key, question)).status === 401);
    socket.send(question);
    assert.equal((await socket.next()).error.code, 'invalid_api_key');
  });

  it('is not opened for a stranger, nor by plain HTTP', async () => {
    await assert.rejects(GatewaySocket.open('sk-wrong', '/v1/chat/ws'), /handshake/);
    const answer = await send(`${env.gateway}/v1/chat/ws`, { headers: { authorization: `Bearer ${issued.key}` } });
    assert.deepEqual([answer.status, answer.json.error.code], [426, 'upgrade_required']);
  });
});
