import OpenAI from 'openai';
import { env } from './env.mjs';
import { send } from './http.mjs';

export const ask = (text) => [{ role: 'user', content: text }];

/** The official client, as its users make it; no retries, so that every call is one request. */
export const openai = (apiKey) => new OpenAI({ baseURL: `${env.gateway}/v1`, apiKey, maxRetries: 0 });

/** A raw chat call. `body` may be any text, to try what an official client would never send. */
export const post = (key, body, { path = '/v1/chat/completions', ...options } = {}) =>
  send(`${env.gateway}${path}`, {
    method: 'POST',
    ...options,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...options.headers },
    body: body === undefined || typeof body === 'string' ? body : JSON.stringify(body),
  });

/** The `data:` values of an event stream. */
export const events = (text) =>
  text
    .split('\n')
    .filter((line) => line.startsWith('data:'))
    .map((line) => line.slice(5).trim());
