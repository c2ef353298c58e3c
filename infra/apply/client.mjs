// The management API. A write carries a key of its own, so that it can be sent again when no answer comes.
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

const BASE = '/api/admin/v1/';
const TRIES = 6;
const TIMEOUT = 20_000;
const PAGE = 500;
const MOST_PAGES = 200;

/** The platform refused; the message is for people. */
export class Refused extends Error {
  constructor(status, problem) {
    super(problem?.errors?.map(({ field, message }) => `${field}: ${message}`).join('; ') || problem?.detail || `HTTP ${status}`);
    this.status = status;
  }
}

export class Client {
  #url;
  #token;
  #command;
  #consistency;

  /**
   * @param {string} url of the front door, such as http://localhost:8000
   * @param {string} command the reason that is told of every write
   */
  constructor(url, token, command) {
    this.#url = url.replace(/\/+$/, '');
    this.#token = token;
    this.#command = command;
  }

  static async login(url, username, password, command) {
    const client = new Client(url, undefined, command);
    const answer = await client.#send('POST', 'auth/login', { username, password });
    client.#token = answer.body.access_token;
    return client;
  }

  /** Who the token belongs to. */
  async me() {
    return (await this.#send('GET', 'auth/me')).body;
  }

  async get(path) {
    return (await this.#send('GET', path)).body;
  }

  /** Every item of a list, all pages, including what was written before. */
  async list(path) {
    const items = [];
    let cursor;
    for (let page = 0; page < MOST_PAGES; page++) {
      const query = new URLSearchParams({ limit: String(PAGE), ...(cursor ? { cursor } : {}) });
      const { body } = await this.#send('GET', `${path}?${query}`);
      items.push(...body.data);
      cursor = body.next_cursor;
      if (!cursor) {
        return items;
      }
    }
    throw new Error(`${path}: more than ${MOST_PAGES * PAGE} items`);
  }

  /** @param {{version?: number, dryRun?: boolean}} options */
  async write(method, path, body, { version, dryRun = false } = {}) {
    const answer = await this.#send(method, dryRun ? `${path}?dry_run=true` : path, body, {
      'idempotency-key': randomUUID(),
      'x-reason': this.#command,
      ...(version === undefined ? {} : { 'if-match': `"${version}"` }),
    });
    this.#consistency = answer.headers.get('x-consistency-token') ?? this.#consistency;
    return answer.body;
  }

  async #send(method, path, body, headers = {}) {
    for (let attempt = 1; ; attempt++) {
      let response;
      try {
        response = await fetch(this.#url + BASE + path, {
          method,
          headers: {
            'user-agent': this.#command?.replaceAll(' ', '-') ?? 'platform',
            ...(this.#token ? { authorization: `Bearer ${this.#token}` } : {}),
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
            ...(method === 'GET' && this.#consistency ? { 'x-consistency-token': this.#consistency } : {}),
            ...headers,
          },
          body: body === undefined ? undefined : JSON.stringify(body),
          redirect: 'error',
          signal: AbortSignal.timeout(TIMEOUT),
        });
      } catch (failure) {
        if (attempt === TRIES) {
          throw new Error(`${this.#url} does not answer: ${failure.cause?.message ?? failure.message}`, { cause: failure });
        }
      }
      if (response && !(isTransient(response) && attempt < TRIES)) {
        const answer = await response.json().catch(() => undefined);
        if (!response.ok) {
          throw new Refused(response.status, answer);
        }
        return { body: answer, headers: response.headers };
      }
      await pause(Math.min(4_000, 250 * 2 ** attempt));
    }
  }
}

/** Worth another try with the same key: nobody there, or the first try is still being carried out. */
const isTransient = ({ status, headers }) =>
  [502, 503, 504].includes(status) || (status === 409 && headers.get('retry-after') !== null);
