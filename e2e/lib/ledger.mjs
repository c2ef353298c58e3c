// The oracle of the fault tests: what clients saw, against what the platform kept.
import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { ask, events, post } from './chat.mjs';
import { query } from './database.mjs';
import { readTopic } from './kafka.mjs';
import { requestDocuments } from './search.mjs';
import { eventually } from './wait.mjs';

/** Calls the gateway from many clients at once and notes, by request id, what each of them saw. */
export class Ledger {
  /** id → tokens of calls whose whole answer arrived */
  completed = new Map();
  /** ids of streams that began and never ended */
  broken = new Set();
  /** calls without any answer */
  unanswered = 0;
  /** answers other than 200, as text */
  refused = [];
  /** why calls broke, for whoever reads a failed test */
  errors = [];
  #key;
  #model;
  #running = [];
  #stopped = false;

  constructor(key, model) {
    this.#key = key;
    this.#model = model;
  }

  /**
   * Starts clients that call until `stop`; every second one streams. They begin this many milliseconds apart, so that at any
   * moment some calls are new, some in mid-stream and some about to end.
   */
  start(clients, apart = 0) {
    for (let i = 0; i < clients; i++) {
      this.#running.push(delay(i * apart).then(() => this.#client(i % 2 === 0)));
    }
    return this;
  }

  /** Nothing but completed calls. */
  assertUndisturbed() {
    const { refused, errors, unanswered, broken } = this;
    assert.deepEqual({ refused, errors, unanswered, broken: [...broken] }, { refused: [], errors: [], unanswered: 0, broken: [] });
  }

  /** Lets every call that is under way end. */
  async stop() {
    this.#stopped = true;
    await Promise.all(this.#running);
  }

  /** Makes this many calls one after the other. */
  async calls(count) {
    for (let i = 0; i < count; i++) {
      await this.#call(i % 2 === 0);
    }
  }

  async #client(stream) {
    while (!this.#stopped) {
      if (!(await this.#call(stream))) {
        return; // the gateway is gone; a client that hammers a closed port proves nothing
      }
    }
  }

  async #call(stream) {
    let id;
    try {
      const answer = await post(
        this.#key,
        { model: this.#model, messages: ask('count'), ...(stream ? { stream, stream_options: { include_usage: true } } : {}) },
        { onHeaders: (headers) => (id = headers['x-request-id']) },
      );
      if (answer.status !== 200) {
        this.refused.push(`${answer.status} ${answer.text}`);
      } else if (stream && events(answer.text).at(-1) !== '[DONE]') {
        this.broken.add(id);
      } else {
        this.completed.set(id, stream ? JSON.parse(events(answer.text).at(-2)).usage : answer.json.usage);
      }
      return true;
    } catch (error) {
      this.errors.push(error.message);
      id ? this.broken.add(id) : this.unanswered++;
      return false;
    }
  }
}

/** What the platform kept about the calls of one key, in its three places. */
async function kept(apiKeyId) {
  const records = (await readTopic('usage.v1')).map((record) => JSON.parse(record.value));
  return {
    records: records.filter((record) => record.api_key_id === apiKeyId),
    rows: await query('select * from readmodel.usage_requests() where api_key_id = $1', [apiKeyId]),
    documents: await requestDocuments('api_key_id', apiKeyId),
  };
}

/** Waits until topic, rows and documents hold the same ids, every one of `ids` among them. */
export async function settled(apiKeyId, ids, within = 30_000) {
  const { value } = await eventually(
    `usage of ${ids.length} calls is in the topic, the rows and the documents`,
    async () => {
      const { records, rows, documents } = await kept(apiKeyId);
      const [u, r, d] = [records, rows, documents].map((list) => new Set(list.map((one) => one.request_id)));
      const equal = u.size === r.size && r.size === d.size && [...u].every((id) => r.has(id) && d.has(id));
      const missing = ids.filter((id) => !r.has(id));
      if (!equal || missing.length > 0) {
        throw new Error(`topic ${u.size}, rows ${r.size}, documents ${d.size}, missing ${missing.slice(0, 5)} (${missing.length})`);
      }
      return { records, rows, documents };
    },
    { within, every: 250 },
  );
  return value;
}

/** Every completed call exactly once in each place, tokens and cost equal everywhere. Answers the rows. */
export function assertKept(ledger, { records, rows, documents }) {
  const byId = (list) => Map.groupBy(list, (one) => one.request_id);
  const [u, r, d] = [byId(records), byId(rows), byId(documents)];
  for (const [id, tokens] of ledger.completed) {
    assert.equal(r.get(id)?.length, 1, `row of ${id}`);
    assert.equal(d.get(id)?.length, 1, `document of ${id}`);
    for (const one of [...u.get(id), ...r.get(id), ...d.get(id)]) {
      assert.equal(one.outcome, 'completed', `outcome of ${id}`);
      assert.equal(Number(one.prompt_tokens), tokens.prompt_tokens, `prompt tokens of ${id}`);
      assert.equal(Number(one.completion_tokens), tokens.completion_tokens, `completion tokens of ${id}`);
    }
  }
  for (const [id, copies] of u) {
    // The topic is fed at least once: a second copy is allowed, another content is not.
    assert.equal(new Set(copies.map((copy) => JSON.stringify(copy))).size, 1, `two different records of ${id}`);
    assert.equal(r.get(id).length, 1, `rows of ${id}`);
    assert.equal(d.get(id).length, 1, `documents of ${id}`);
  }
  const once = [...u.values()].map(([first]) => first);
  assert.deepEqual(sums(rows), sums(once), 'sums of rows and topic');
  assert.deepEqual(sums(documents), sums(once), 'sums of documents and topic');
  return r;
}

const sums = (list) => ({
  prompt: list.reduce((sum, one) => sum + Number(one.prompt_tokens), 0),
  completion: list.reduce((sum, one) => sum + Number(one.completion_tokens), 0),
  cost: list.reduce((sum, one) => sum + Number(one.cost), 0).toFixed(8),
});
