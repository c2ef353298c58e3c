// Things the tests make for themselves. Every name is fresh, so that a suite can run again on the same stack.
import { randomBytes } from 'node:crypto';
import { env } from './env.mjs';
import { send } from './http.mjs';
import { remember } from './planted.mjs';
import { eventually } from './wait.mjs';

export const unique = (stem) => `${stem}-${randomBytes(5).toString('hex')}`;

/** A secret that occurs nowhere else in the world. */
export const secret = (stem) => remember(`${stem}-${randomBytes(18).toString('base64url')}`);

/** A user with a password; `credentials` logs in. */
export async function createUser(admin, role = 'member') {
  const credentials = { username: unique(role), password: secret('pw') };
  const created = await admin.create('users', { ...credentials, role });
  return { ...created, credentials };
}

/** Issues a key and waits until the gateway takes it. */
export async function issueKey(admin, fields = {}) {
  const issued = await admin.create('api-keys', { name: unique('key'), ...fields });
  remember(issued.key);
  await eventually(`key ${issued.id} works`, async () => (await listModels(issued.key)).status === 200);
  return issued;
}

export const listModels = (key) => send(`${env.gateway}/v1/models`, { headers: { authorization: `Bearer ${key}` } });

/** A provider with one model on it, once the gateway routes to it. */
export async function createModel(admin, key, provider, { upstreamModel = 'upstream', price, name = unique('model') } = {}) {
  const { id: providerId } = await admin.create('providers', { name: unique('provider'), ...provider });
  const created = await admin.create('models', {
    name,
    deployments: [{ provider_id: providerId, upstream_model: upstreamModel, weight: 1 }],
    ...(price ? { price } : {}),
  });
  await eventually(`model ${name} is listed`, async () =>
    (await listModels(key)).json.data.some((model) => model.id === name),
  );
  return { name, id: created.id, providerId };
}

/** A model of the built-in mock provider that answers at once; its name. */
export const createFastModel = async (admin, key) =>
  (await createModel(admin, key, { type: 'mock', base_url: 'mock:?first_token_ms=1&token_ms=0' })).name;

/** A model of the built-in mock provider that takes its time: about a second per answer. */
export const createSlowModel = (admin, key) =>
  createModel(admin, key, { type: 'mock', base_url: 'mock:?first_token_ms=200&token_ms=20' });
