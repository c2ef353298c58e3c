// The official npm client on every endpoint it has, with the built-in mock behind.
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import OpenAI, { toFile } from 'openai';
import { zodResponseFormat, zodTextFormat } from 'openai/helpers/zod';
import { ask, openai, post } from '../lib/chat.mjs';
import { env } from '../lib/env.mjs';
import { createFastModel, createSlowModel, issueKey } from '../lib/fixtures.mjs';
import { Management } from '../lib/management.mjs';
import { png, pngSize, wav } from '../lib/media.mjs';
import { tokensOf, usageOf } from '../lib/usage.mjs';
import { chatTool, CITY, QUESTION, report, responsesTool, Trip, TRIP_REQUEST } from '../lib/weather.mjs';

let admin;
let issued;
let client;
let chatModel;

before(async () => {
  admin = await Management.login();
  issued = await issueKey(admin);
  client = openai(issued.key);
  chatModel = await createFastModel(admin, issued.key);
});

/** A call's answer and its usage record. */
const recorded = async (call) => {
  const { data, request_id } = await call.withResponse();
  return { data, row: await usageOf(admin, request_id) };
};

describe('chat completions', () => {
  it('run tools to the end: call, result, text', async () => {
    const called = [];
    const runner = client.chat.completions.runTools({
      model: chatModel,
      messages: ask(QUESTION),
      tools: [
        {
          type: 'function',
          function: {
            ...chatTool.function,
            parse: JSON.parse,
            function: ({ city }) => {
              called.push(city);
              return report(city);
            },
          },
        },
      ],
    });
    assert.match(await runner.finalContent(), new RegExp(report(CITY)));
    assert.deepEqual(called, [CITY]);
  });

  it('run tools to the end while streaming', async () => {
    const runner = client.chat.completions.runTools({
      model: chatModel,
      stream: true,
      messages: ask(QUESTION),
      tools: [{ type: 'function', function: { ...chatTool.function, parse: JSON.parse, function: ({ city }) => report(city) } }],
    });
    let streamed = '';
    runner.on('content', (delta) => (streamed += delta));
    assert.equal(await runner.finalContent(), streamed);
    assert.match(streamed, new RegExp(report(CITY)));
  });

  it('fill a form, whole and streamed', async () => {
    const request = { model: chatModel, messages: ask(TRIP_REQUEST), response_format: zodResponseFormat(Trip, 'trip') };
    const whole = await client.chat.completions.parse(request);
    const trip = whole.choices[0].message.parsed;
    assert.deepEqual({ city: trip.city, days: trip.days, mood: trip.mood }, { city: 'Lisbon', days: 3, mood: 'wild' });
    const streamed = await client.chat.completions.stream(request).finalChatCompletion();
    assert.deepEqual(streamed.choices[0].message.parsed, trip);
  });
});

describe('responses', () => {
  it('are created whole, with every key that the API promises', async () => {
    const { data, row } = await recorded(client.responses.create({ model: chatModel, input: 'Hello from afar', instructions: 'Be brief.' }));
    assert.match(data.id, /^resp_/);
    assert.match(data.output_text, /Hello from afar/);
    assert.deepEqual([data.object, data.status, data.instructions, data.error], ['response', 'completed', 'Be brief.', null]);
    for (const name of ['incomplete_details', 'tools', 'parallel_tool_calls', 'metadata', 'tool_choice', 'temperature', 'top_p', 'created_at']) {
      assert.ok(name in data, `${name} is missing`);
    }
    assert.equal(data.usage.total_tokens, data.usage.input_tokens + data.usage.output_tokens);
    assert.ok(data.usage.input_tokens_details && data.usage.output_tokens_details);
    assert.deepEqual(tokensOf(row), [data.usage.input_tokens, data.usage.output_tokens]);
    assert.deepEqual([row.endpoint, row.outcome], ['responses', 'completed']);
  });

  it('stream: the events in their order, numbered without a gap', async () => {
    const { data: stream, request_id } = await client.responses.create({ model: chatModel, input: 'Hello', stream: true }).withResponse();
    const events = await Array.fromAsync(stream);
    assert.deepEqual(events.map((event) => event.sequence_number), events.map((_, at) => at + events[0].sequence_number));
    assert.deepEqual(
      events.map((event) => event.type).filter((type, at, all) => type !== all[at - 1]),
      [
        ...['response.created', 'response.in_progress', 'response.output_item.added', 'response.content_part.added'],
        ...['response.output_text.delta', 'response.output_text.done', 'response.content_part.done', 'response.output_item.done'],
        'response.completed',
      ],
    );
    const deltas = events.filter((event) => event.type === 'response.output_text.delta').map((event) => event.delta);
    assert.ok(deltas.length > 2);
    assert.equal(deltas.join(''), events.find((event) => event.type === 'response.output_text.done').text);
    const { usage } = events.at(-1).response;
    const row = await usageOf(admin, request_id);
    assert.deepEqual(tokensOf(row), [usage.input_tokens, usage.output_tokens]);
    assert.equal(row.stream, true);
  });

  it("stream through the SDK's helper, which is strict about the order", async () => {
    const final = await client.responses.stream({ model: chatModel, input: 'Hello' }).finalResponse();
    assert.equal(final.status, 'completed');
    assert.match(final.output_text, /Hello/);
  });

  it('are kept: retrieved, gone on from, listed and deleted', async () => {
    const first = await client.responses.create({ model: chatModel, input: QUESTION, tools: [responsesTool] });
    const call = first.output.find((item) => item.type === 'function_call');
    assert.deepEqual([call.name, JSON.parse(call.arguments)], ['get_weather', { city: CITY }]);
    assert.deepEqual((await client.responses.retrieve(first.id)).output, first.output);

    const second = await client.responses.create({
      model: chatModel,
      previous_response_id: first.id,
      tools: [responsesTool],
      input: [{ type: 'function_call_output', call_id: call.call_id, output: report(CITY) }],
    });
    assert.match(second.output_text, new RegExp(report(CITY)));
    assert.equal(second.previous_response_id, first.id);

    const items = await Array.fromAsync(client.responses.inputItems.list(second.id, { order: 'asc' }));
    assert.equal(items.at(-1).type, 'function_call_output');
    assert.equal(items.at(-1).output, report(CITY));

    await client.responses.delete(first.id);
    await assert.rejects(client.responses.retrieve(first.id), OpenAI.NotFoundError);
  });

  it('are left in mid-stream: the record says aborted and keeps the partial tokens', async () => {
    const slow = await createSlowModel(admin, issued.key);
    const { data: stream, request_id } = await client.responses.create({ model: slow.name, input: 'Hello', stream: true }).withResponse();
    let seen = 0;
    for await (const event of stream) {
      if (event.type === 'response.output_text.delta' && ++seen === 3) {
        stream.controller.abort();
        break;
      }
    }
    const row = await usageOf(admin, request_id);
    assert.deepEqual([row.outcome, row.status, row.endpoint], ['aborted', 499, 'responses']);
    assert.ok(row.completion_tokens >= 3 && row.completion_tokens < 30, `${row.completion_tokens} tokens`);
  });

  it("are nobody else's", async () => {
    const mine = await client.responses.create({ model: chatModel, input: 'A secret' });
    const other = await Management.login({ username: 'developer', password: 'dev123' });
    const stranger = openai((await issueKey(other)).key);
    await assert.rejects(stranger.responses.retrieve(mine.id), OpenAI.NotFoundError);
    await assert.rejects(stranger.responses.delete(mine.id), OpenAI.NotFoundError);
    await assert.rejects(stranger.responses.create({ model: chatModel, input: 'And?', previous_response_id: mine.id }), OpenAI.APIError);
    assert.equal((await client.responses.retrieve(mine.id)).id, mine.id);
  });

  it('are not kept with store: false', async () => {
    const fleeting = await client.responses.create({ model: chatModel, input: 'Hello', store: false });
    await assert.rejects(client.responses.retrieve(fleeting.id), OpenAI.NotFoundError);
  });

  it('fill a form', async () => {
    const answer = await client.responses.parse({ model: chatModel, input: TRIP_REQUEST, text: { format: zodTextFormat(Trip, 'trip') } });
    assert.deepEqual([answer.output_parsed.city, answer.output_parsed.days], ['Lisbon', 3]);
  });

  it('serve Codex: models under its own name, a function and a custom tool in one stream', async () => {
    const list = await client.get('/models');
    assert.ok(list.models.some((model) => model.slug === chatModel || model.id === chatModel), JSON.stringify(list.models?.[0]));
    const stream = await client.responses.create({
      model: chatModel,
      instructions: 'You are a coding agent.',
      input: [{ type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Use exec_shell and apply_patch.' }] }],
      tools: [
        { ...responsesTool, name: 'exec_shell', description: 'Runs a command.', parameters: { type: 'object', properties: { command: { type: 'string' } }, required: ['command'] } },
        { type: 'custom', name: 'apply_patch', description: 'Edits files.' },
      ],
      ...{ tool_choice: 'auto', parallel_tool_calls: true, store: false, stream: true, include: [], prompt_cache_key: 'a-session' },
    });
    const events = await Array.fromAsync(stream);
    const { output } = events.at(-1).response;
    assert.deepEqual(output.map((item) => [item.type, item.name]), [
      ['function_call', 'exec_shell'],
      ['custom_tool_call', 'apply_patch'],
    ]);
    const [shell, patch] = output;
    const joined = (type) => events.filter((event) => event.type === type).map((event) => event.delta).join('');
    assert.equal(joined('response.function_call_arguments.delta'), shell.arguments);
    assert.equal(typeof JSON.parse(shell.arguments).command, 'string');
    assert.equal(joined('response.custom_tool_call_input.delta'), patch.input);
    assert.ok(patch.input.length > 0);
  });
});

describe('embeddings', () => {
  const request = { model: 'text-embedding-3-small', input: ['the quick brown fox', 'the quick brown fox', 'something else'] };

  it('arrive the same as base64, which the SDK asks for and decodes, and as floats', async () => {
    const { data: decoded, row } = await recorded(client.embeddings.create(request));
    const floats = await client.embeddings.create({ ...request, encoding_format: 'float' });
    assert.deepEqual(decoded.data.map((one) => one.index), [0, 1, 2]);
    const [a, b, c] = decoded.data.map((one) => one.embedding);
    assert.equal(a.length, 1536);
    assert.deepEqual(a, b);
    assert.notDeepEqual(a, c);
    assert.ok(Math.abs(a.reduce((sum, number) => sum + number * number, 0) - 1) < 1e-4, 'a unit vector');
    floats.data.forEach((one, at) =>
      one.embedding.forEach((number, i) => assert.ok(Math.abs(number - decoded.data[at].embedding[i]) < 1e-6, `${at}/${i}`)),
    );
    assert.deepEqual(tokensOf(row), [decoded.usage.prompt_tokens, 0]);
    assert.equal(row.endpoint, 'embeddings');
  });

  it('take tokens, and fewer dimensions', async () => {
    const answer = await client.embeddings.create({ ...request, input: [[1, 2, 3], [4, 5]], dimensions: 64 });
    assert.deepEqual(answer.data.map((one) => one.embedding.length), [64, 64]);
    assert.equal(answer.usage.prompt_tokens, 5);
  });
});

describe('everything else', () => {
  it('moderates', async () => {
    const { results } = await client.moderations.create({ model: 'omni-moderation-latest', input: ['a lovely day', 'I will kill you'] });
    assert.deepEqual(results.map((one) => one.flagged), [false, true]);
    assert.equal(results[1].categories.violence, true);
    assert.ok(results[1].category_scores.violence > 0.9);
  });

  it('draws a picture', async () => {
    const { data, row } = await recorded(client.images.generate({ model: 'gpt-image-1', prompt: 'a lighthouse', size: '256x256', n: 2 }));
    assert.equal(data.data.length, 2);
    assert.deepEqual(pngSize(Buffer.from(data.data[0].b64_json, 'base64')), [256, 256]);
    assert.deepEqual(tokensOf(row), [data.usage.input_tokens, data.usage.output_tokens]);
    assert.equal(row.endpoint, 'images.generations');
  });

  it('edits uploaded pictures', async () => {
    const { data, row } = await recorded(
      client.images.edit({
        model: 'gpt-image-1',
        image: [await toFile(png(), 'one.png', { type: 'image/png' }), await toFile(png(64), '二.png', { type: 'image/png' })],
        prompt: 'make it 更亮',
        size: '128x256',
      }),
    );
    assert.deepEqual(pngSize(Buffer.from(data.data[0].b64_json, 'base64')), [128, 256]);
    assert.equal(data.usage.input_tokens_details.image_tokens, 170, 'both pictures arrived');
    assert.deepEqual([row.endpoint, row.model], ['images.edits', 'gpt-image-1']);
  });

  it('speaks', async () => {
    const { data, row } = await recorded(
      client.audio.speech.create({ model: 'gpt-4o-mini-tts', voice: 'alloy', input: 'Hello there', response_format: 'wav' }),
    );
    const sound = Buffer.from(await data.arrayBuffer());
    assert.equal(sound.subarray(0, 4).toString(), 'RIFF');
    assert.equal(sound.readUInt32LE(4), sound.length - 8, 'the whole file arrived');
    assert.match(data.headers.get('content-type'), /^audio\//);
    assert.deepEqual([row.endpoint, row.outcome], ['audio.speech', 'completed']);
  });

  it('transcribes an uploaded file: as JSON, as text, with times, and streamed', async () => {
    const sound = wav();
    const request = async (fields) => ({ model: 'whisper-1', file: await toFile(sound, '会议.wav', { type: 'audio/wav' }), ...fields });
    const { data, row } = await recorded(client.audio.transcriptions.create(await request()));
    assert.match(data.text, new RegExp(`"会议\\.wav" of ${sound.length} bytes`));
    assert.deepEqual([row.endpoint, row.prompt_tokens], ['audio.transcriptions', data.usage.input_tokens]);
    const plain = await client.audio.transcriptions.create(await request({ response_format: 'text' }));
    assert.equal(plain.trim(), data.text);
    const verbose = await client.audio.transcriptions.create(await request({ response_format: 'verbose_json' }));
    assert.equal(verbose.segments[0].text, data.text);
    const events = await Array.fromAsync(await client.audio.transcriptions.create(await request({ stream: true })));
    assert.equal(events.at(-1).type, 'transcript.text.done');
    assert.equal(events.slice(0, -1).map((event) => event.delta).join(''), data.text);
  });

  it('translates an uploaded file', async () => {
    const { data, row } = await recorded(
      client.audio.translations.create({ model: 'whisper-1', file: await toFile(wav(), 'rede.wav', { type: 'audio/wav' }) }),
    );
    assert.match(data.text, /rede\.wav/);
    assert.equal(row.endpoint, 'audio.translations');
  });

  it('completes a prompt, whole and streamed', async () => {
    const { data, row } = await recorded(client.completions.create({ model: chatModel, prompt: 'Once upon a time', echo: false }));
    assert.deepEqual([data.object, data.choices[0].finish_reason], ['text_completion', 'stop']);
    assert.match(data.choices[0].text, /Once upon a time/);
    assert.deepEqual(tokensOf(row), [data.usage.prompt_tokens, data.usage.completion_tokens]);
    const stream = await client.completions.create({ model: chatModel, prompt: 'Once upon a time', stream: true });
    const chunks = await Array.fromAsync(stream);
    assert.equal(chunks.map((chunk) => chunk.choices[0]?.text ?? '').join(''), data.choices[0].text);
    assert.equal(chunks.at(-1).choices[0].finish_reason, 'stop');
  });

  it('ranks documents', async () => {
    const documents = ['bread and butter', 'a red fox in the snow', 'the fox'];
    const answer = await post(issued.key, { model: 'rerank-1', query: 'red fox', documents, top_n: 2 }, { path: '/v1/rerank' });
    assert.equal(answer.status, 200, answer.text);
    assert.deepEqual(answer.json.results.map((one) => one.index), [1, 2]);
    assert.ok(answer.json.results[0].relevance_score > answer.json.results[1].relevance_score);
    const row = await usageOf(admin, answer.headers['x-request-id']);
    assert.deepEqual([row.endpoint, row.prompt_tokens], ['rerank', answer.json.usage.prompt_tokens]);
  });
});

it('serves the same under /api/v1', async () => {
  const elsewhere = client.withOptions({ baseURL: `${env.gateway}/api/v1` });
  assert.match((await elsewhere.responses.create({ model: chatModel, input: 'Hello' })).output_text, /Hello/);
  assert.equal((await elsewhere.embeddings.create({ model: 'text-embedding-3-small', input: 'Hello' })).data[0].embedding.length, 1536);
  assert.equal((await elsewhere.models.retrieve(chatModel)).id, chatModel);
});

describe('errors', () => {
  const refused = async (call, type, { status, code }) => {
    await assert.rejects(call, (error) => {
      assert.ok(error instanceof type, `${error.constructor.name}: ${error}`);
      assert.deepEqual([error.status, error.code], [status, code]);
      assert.match(error.requestID, /^req_/);
      assert.equal(typeof error.type, 'string');
      return true;
    });
  };

  it('are NotFoundError for a model that is not there, on every endpoint', async () => {
    const model = 'nobody';
    const file = await toFile(wav(), 'a.wav');
    for (const call of [
      () => client.responses.create({ model, input: 'Hello' }),
      () => client.embeddings.create({ model, input: 'Hello' }),
      () => client.completions.create({ model, prompt: 'Hello' }),
      () => client.moderations.create({ model, input: 'Hello' }),
      () => client.images.generate({ model, prompt: 'Hello' }),
      () => client.audio.speech.create({ model, input: 'Hello', voice: 'alloy' }),
      () => client.audio.transcriptions.create({ model, file }),
    ]) {
      await refused(call, OpenAI.NotFoundError, { status: 404, code: 'model_not_found' });
    }
  });

  it('are AuthenticationError for a wrong key', async () => {
    const stranger = openai('sk-wrong');
    await refused(() => stranger.responses.create({ model: chatModel, input: 'Hello' }), OpenAI.AuthenticationError, { status: 401, code: 'invalid_api_key' });
    await refused(() => stranger.embeddings.create({ model: chatModel, input: 'Hello' }), OpenAI.AuthenticationError, { status: 401, code: 'invalid_api_key' });
  });

  it('are BadRequestError for what cannot be, and a record says rejected', async () => {
    let requestId;
    for (const call of [
      () => client.chat.completions.create({ model: chatModel, messages: 'not a list' }),
      () => client.responses.create({ model: chatModel, input: 7 }),
      () => client.responses.create({ model: chatModel, input: 'Hello', tools: [{ type: 'file_search', vector_store_ids: ['vs_1'] }] }),
      () => client.embeddings.create({ model: 'text-embedding-3-small', input: [] }),
      () => client.audio.transcriptions.create({ model: 'whisper-1' }),
    ]) {
      await assert.rejects(call, (error) => {
        assert.ok(error instanceof OpenAI.BadRequestError, `${error}`);
        assert.equal(error.type, 'invalid_request_error');
        requestId = error.requestID;
        return true;
      });
    }
    const row = await usageOf(admin, requestId);
    assert.equal(row.status, 400);
  });
});
