// The three APIs of the data plane behind one face, each spoken by its official client. An answer is `{text, reasoning, stop,
// calls: [{id, name, input}], usage: [in, out], requestId, said}`; `said` is what the client puts into its history.
import assert from 'node:assert/strict';
import { ask, openai } from './chat.mjs';
import { anthropic } from './sdks.mjs';
import { chatTool, messagesTool, responsesTool } from './weather.mjs';

const MAX_TOKENS = 2_048;
const idOf = (response) => response.headers.get('x-request-id');

/** @param {string} key of the caller, `model` as he names it */
export const ingresses = (key, model) => [new Chat(key, model), new Messages(key, model), new Responses(key, model)];

class Chat {
  name = 'chat completions';
  endpoint = 'chat.completions';
  stops = { end: 'stop', tool: 'tool_calls', length: 'length' };

  constructor(key, model) {
    this.client = openai(key);
    this.model = model;
  }

  async whole(text, options) {
    const { data, response } = await this.client.chat.completions.create(this.#request(text, options)).withResponse();
    return { ...this.#read(data), requestId: idOf(response) };
  }

  async stream(text, options) {
    const request = { ...this.#request(text, options), stream: true, stream_options: { include_usage: true } };
    const { data, response } = await this.client.chat.completions.create(request).withResponse();
    const chunks = await Array.fromAsync(data);
    assert.ok(chunks.every((chunk) => chunk.id === chunks[0].id && chunk.model === chunks[0].model), 'one id, one model');
    const usage = chunks.at(-1);
    assert.deepEqual(usage.choices, []);
    const message = { role: 'assistant', content: '', tool_calls: [] };
    let finish_reason;
    for (const { choices } of chunks.slice(0, -1)) {
      const [{ delta, finish_reason: reason }] = choices;
      message.content += delta.content ?? '';
      if (delta.reasoning_content) {
        message.reasoning_content = (message.reasoning_content ?? '') + delta.reasoning_content;
      }
      delta.tool_calls?.forEach((part) => {
        const call = (message.tool_calls[part.index] ??= { ...part, function: { name: '', arguments: '' } });
        call.function.name += part.function?.name ?? '';
        call.function.arguments += part.function?.arguments ?? '';
      });
      finish_reason = reason ?? finish_reason;
    }
    return { ...this.#read({ choices: [{ message, finish_reason }], usage: usage.usage }), requestId: idOf(response), pieces: chunks.length };
  }

  #request(text, { tools, said, results } = {}) {
    const history = said && [said, ...results.map(({ id, output }) => ({ role: 'tool', tool_call_id: id, content: output }))];
    return {
      model: this.model,
      messages: [{ role: 'system', content: 'Be brief.' }, ...ask(text), ...(history ?? [])],
      max_completion_tokens: MAX_TOKENS,
      ...(tools ? { tools: [chatTool] } : {}),
    };
  }

  #read({ choices, usage }) {
    const [{ message, finish_reason: stop }] = choices;
    assert.equal(usage.total_tokens, usage.prompt_tokens + usage.completion_tokens);
    return {
      text: message.content ?? '',
      reasoning: message.reasoning_content,
      stop,
      calls: (message.tool_calls ?? []).map((call) => ({ id: call.id, name: call.function.name, input: JSON.parse(call.function.arguments) })),
      usage: [usage.prompt_tokens, usage.completion_tokens],
      said: { ...message, tool_calls: message.tool_calls?.length ? message.tool_calls.map(({ index, ...call }) => call) : undefined },
    };
  }
}

class Messages {
  name = 'messages';
  endpoint = 'messages';
  stops = { end: 'end_turn', tool: 'tool_use', length: 'max_tokens' };

  constructor(key, model) {
    this.client = anthropic(key);
    this.model = model;
  }

  async whole(text, options) {
    const { data, response } = await this.client.messages.create(this.#request(text, options)).withResponse();
    return { ...this.#read(data), requestId: idOf(response) };
  }

  async stream(text, options) {
    const stream = this.client.messages.stream(this.#request(text, options));
    let pieces = 0;
    stream.on('streamEvent', () => pieces++);
    const { response } = await stream.withResponse();
    return { ...this.#read(await stream.finalMessage()), requestId: idOf(response), pieces };
  }

  #request(text, { tools, said, results } = {}) {
    const content = results?.map(({ id, output }) => ({ type: 'tool_result', tool_use_id: id, content: output }));
    return {
      model: this.model,
      system: 'Be brief.',
      messages: [...ask(text), ...(said ? [said, { role: 'user', content }] : [])],
      max_tokens: MAX_TOKENS,
      ...(tools ? { tools: [messagesTool] } : {}),
    };
  }

  #read({ content, stop_reason: stop, usage }) {
    const of = (type) => content.filter((block) => block.type === type);
    return {
      text: of('text').map((block) => block.text).join(''),
      reasoning: of('thinking').map((block) => block.thinking).join('') || undefined,
      stop,
      calls: of('tool_use').map(({ id, name, input }) => ({ id, name, input })),
      usage: [usage.input_tokens, usage.output_tokens],
      said: { role: 'assistant', content },
    };
  }
}

class Responses {
  name = 'responses';
  endpoint = 'responses';
  stops = { end: 'completed', tool: 'completed', length: 'incomplete' };

  constructor(key, model) {
    this.client = openai(key);
    this.model = model;
  }

  async whole(text, options) {
    const { data, response } = await this.client.responses.create(this.#request(text, options)).withResponse();
    return { ...this.#read(data), requestId: idOf(response) };
  }

  async stream(text, options) {
    const { data, response } = await this.client.responses.create({ ...this.#request(text, options), stream: true }).withResponse();
    const events = await Array.fromAsync(data);
    const last = events.at(-1);
    // aimock ends a response that was cut off with `response.completed` all the same.
    assert.ok([`response.${last.response.status}`, 'response.completed'].includes(last.type), last.type);
    const answer = this.#read(last.response);
    const deltas = (type) => events.filter((event) => event.type === type).map((event) => event.delta).join('');
    assert.equal(deltas('response.output_text.delta'), answer.text, 'the deltas make up the text');
    assert.deepEqual(answer.calls.map((call) => call.input), answer.calls.length ? [JSON.parse(deltas('response.function_call_arguments.delta'))] : []);
    return { ...answer, requestId: idOf(response), pieces: events.length };
  }

  #request(text, { tools, said, results } = {}) {
    const outputs = results?.map(({ id, output }) => ({ type: 'function_call_output', call_id: id, output }));
    return {
      model: this.model,
      instructions: 'Be brief.',
      input: [...ask(text), ...(said ? [...said, ...outputs] : [])],
      max_output_tokens: MAX_TOKENS,
      store: false,
      ...(tools ? { tools: [responsesTool] } : {}),
    };
  }

  #read({ output, status: stop, usage }) {
    const of = (type) => output.filter((item) => item.type === type);
    return {
      text: of('message').flatMap((item) => item.content).map((part) => part.text ?? '').join(''),
      reasoning: of('reasoning').flatMap((item) => [...(item.summary ?? []), ...(item.content ?? [])]).map((part) => part.text).join('') || undefined,
      stop,
      calls: of('function_call').map((item) => ({ id: item.call_id, name: item.name, input: JSON.parse(item.arguments) })),
      usage: [usage.input_tokens, usage.output_tokens],
      said: output,
    };
  }
}
