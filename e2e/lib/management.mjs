import assert from 'node:assert/strict';
import { demo, env } from './env.mjs';
import { send } from './http.mjs';
import { remember } from './planted.mjs';
import { eventually } from './wait.mjs';
import { written } from './written.mjs';

const PREFIX = '/api/admin/v1';

/** Access tokens last a quarter of an hour; a test that still runs then goes on with a new one. */
const RENEW_BEFORE_MS = 120_000;

/** A person who is logged in to the management API. */
export class Management {
  #token;
  #refreshToken;
  #expiresAt = Infinity;

  constructor(token, user) {
    this.#token = token;
    this.user = user;
  }

  #take({ access_token: token, refresh_token: refreshToken, expires_in: seconds }) {
    this.#token = remember(token);
    this.#refreshToken = remember(refreshToken);
    this.#expiresAt = performance.now() + seconds * 1_000;
  }

  async #renew() {
    if (this.#refreshToken === undefined || performance.now() < this.#expiresAt - RENEW_BEFORE_MS) {
      return;
    }
    const answer = await send(`${env.gateway}${PREFIX}/auth/refresh`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ refresh_token: this.#refreshToken }),
    });
    // Refused, the old one is used on: the test's own request tells what is wrong.
    if (answer.status === 200) {
      this.#take(answer.json);
    }
  }

  static async login({ username, password, code } = demo.admin) {
    const answer = await send(`${env.gateway}${PREFIX}/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username, password, code, refresh_token_in: 'body' }),
    });
    assert.equal(answer.status, 200, `login of ${username}: ${answer.status} ${answer.text}`);
    assert.equal(answer.json.token_type, 'Bearer');
    const person = new Management(answer.json.access_token, answer.json.user);
    person.#take(answer.json);
    person.sessionId = answer.json.session_id;
    return person;
  }

  static anonymous(token) {
    return new Management(token, undefined);
  }

  get accessToken() {
    return this.#token;
  }

  /** Any request; the caller judges the status. A body that is a string goes out as it is. */
  async request(method, path, body, headers = {}) {
    await this.#renew();
    return send(`${env.gateway}${PREFIX}/${path}`, {
      method,
      headers: {
        ...(this.#token ? { authorization: `Bearer ${this.#token}` } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        'user-agent': 'llm-platform-e2e',
        ...headers,
      },
      body: body === undefined || typeof body === 'string' ? body : JSON.stringify(body),
    });
  }

  /** A GET that must succeed, with what that write did, or what was pressed in the browser before. */
  async get(path, token = written.latest) {
    const ask = () => this.request('GET', path, undefined, token ? { 'x-consistency-token': token } : {});
    let answer = await ask();
    if (answer.headers['x-consistency'] === 'behind') {
      await eventually(`${path} with ${token}`, async () => (answer = await ask()).headers['x-consistency'] !== 'behind', { within: 20_000 });
    }
    assert.equal(answer.status, 200, `GET ${path}: ${answer.status} ${answer.text}`);
    return answer.json;
  }

  /** A POST or PATCH that must succeed; answers the body with `token`, the consistency token. */
  async write(method, path, body, expected = method === 'POST' && !path.includes('/') ? 201 : 200) {
    const answer = await this.request(method, path, body);
    assert.equal(answer.status, expected, `${method} ${path}: ${answer.status} ${answer.text}`);
    return { ...answer.json, token: answer.headers['x-consistency-token'], requestId: answer.headers['x-request-id'] };
  }

  create(path, body) {
    return this.write('POST', path, body);
  }
}
