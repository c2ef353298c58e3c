// Does the steps of a plan, one after the other, and tells each of them.
import { KINDS, PRICES, REFERRED, SETTINGS, ownerName, sameName } from './kinds.mjs';
import { told } from './plan.mjs';
import { writePrice } from './prices.mjs';
import { writeSettings } from './settings.mjs';

const SIGNS = { create: '+', edit: '~', enable: '~', disable: '-', same: '=', impossible: '!' };

/** An environment variable that the file names is not set. */
class MissingSecret extends Error {}

/** Everything the file may refer to, as the platform has it. */
export async function fetchCurrent(client, desired) {
  const current = {};
  for (const kind of KINDS) {
    current[kind.section] = await client.list(kind.path);
  }
  if (desired.prices) {
    current.prices = await client.list(PRICES.path);
  }
  if (desired.settings) {
    current.settings = await client.get(SETTINGS.path);
  }
  return current;
}

/**
 * @param {import('./plan.mjs').Step[]} steps
 * @param {{client: import('./client.mjs').Client, current: Record<string, object[]>, env: Record<string, string>,
 *          keys?: {add: (entry: object) => void}, dryRun?: boolean, tell: (line: string) => void}} context
 * @returns {Promise<{done: number, same: number, failed: number}>}
 */
export async function run(steps, context) {
  const counts = { done: 0, same: 0, failed: 0 };
  const state = { ...context, missing: new Set() };
  for (const step of steps) {
    const line = `${SIGNS[step.action]} ${step.kind.label} ${step.name}`;
    if (step.action === 'same') {
      counts.same++;
      continue;
    }
    try {
      if (step.action === 'impossible') {
        throw new Error(step.why);
      }
      const note = await carryOut(step, state);
      counts.done++;
      context.tell(`${line}${detail(step)}${note ?? ''}`);
    } catch (failure) {
      counts.failed++;
      state.missing.add(`${step.kind.section} ${step.name}`);
      context.tell(`${line}${detail(step)}\n    failed: ${failure.message}`);
    }
  }
  return counts;
}

function detail({ action, changes, pruned, shown }) {
  if (action === 'edit') {
    return changes.map(({ field, before, after }) => `\n    ${field}: ${told(before)} → ${told(after)}`).join('');
  }
 if (shown) {
    return `: ${told(shown)}`;
  }
  return action === 'disable' ? `: disable${pruned ? ', not in the file' : ''}` : action === 'enable' ? ': enable' : '';
}

async function carryOut(step, state) {
  const { kind, item, action, name } = step;
  const { client, current, dryRun } = state;
  if (state.missing.has(`${kind.section} ${name}`)) {
    throw new Error('not tried after the failure above');
  }
  if (kind === SETTINGS) {
    await writeSettings(step, state);
    return undefined;
  }
  if (kind === PRICES) {
    const unknown = dryRun ? pending(kind, item, state) : undefined;
    if (!unknown) {
      await writePrice(step, state, (model) => idOf('model', model, state));
    }
    return unknown && ` (checked once ${unknown} exists)`;
  }
  // Of a thing made in this run the platform has only told id and version.
  const known = step.current ?? find(current, kind.section, item);
  if (action === 'create') {
    const unknown = dryRun ? pending(kind, item, state) : undefined;
    if (unknown) {
      current[kind.section].push({ ...placeholder(kind, item), pending: true });
      return ` (checked once ${unknown} exists)`;
    }
    const body = creation(kind, item, state);
    const made = await client.write('POST', kind.path, body, { dryRun });
    current[kind.section].push({ ...placeholder(kind, item), id: made.id, version: made.version, pending: dryRun });
    if (kind.section === 'api_keys' && !dryRun) {
      const owner = item.team === undefined ? { user: item.user } : { team: item.team };
      state.keys.add({ name: item.name, ...owner, id: made.id, key: made.key });
    }
    if (made.invitation && !dryRun) {
      state.keys.add({ username: item.username, invitation: made.invitation.link, expires_at: made.invitation.expires_at });
    }
    return isInvited(kind, item) ? ' (invited)' : undefined;
  }
  if (known?.pending) {
    return undefined;
  }
  const answer =
    action === 'edit'
      ? await client.write('PATCH', `${kind.path}/${known.id}`, edit(step, state), { version: known.version, dryRun })
      : await client.write('POST', `${kind.path}/${known.id}/${action}`, undefined, { version: known.version, dryRun });
  if (!dryRun) {
    known.version = answer.version;
  }
  return undefined;
}

/** A person whom the file gives no password sets their own, by a link that is shown once. */
export const isInvited = (kind, item) => kind.section === 'users' && (item.password === undefined || item.password === null);

const placeholder = (kind, item) => ({ [kind.name]: item[kind.name], ...(kind.section === 'api_keys' ? { owner: ownerName(item) } : {}) });

const find = (current, section, item) =>
  current[section].find((each) =>
    section === 'api_keys'
      ? each.name === item.name && each.owner === ownerName(item)
      : sameName(section, each.username ?? each.name, item.username ?? item.name),
  );

function creation(kind, item, state) {
  const body = {};
  for (const [field, value] of Object.entries(item)) {
    if (field !== 'status' && value !== null) {
      body[kind.references[field] ?? field] = sent(kind, field, value, state);
    }
  }
  return body;
}

/** Only what is otherwise: what somebody else changes meanwhile in another field stays. */
function edit({ kind, item, changes }, state) {
  return Object.fromEntries(
    changes.map(({ field }) => [kind.references[field] ?? field, item[field] === null ? null : sent(kind, field, item[field], state)]),
  );
}

function sent(kind, field, value, state) {
  if (kind.secrets.includes(field)) {
    const secret = state.env[value.env];
    if (!secret) {
      throw new MissingSecret(`${field}: the environment variable ${value.env} is not set`);
    }
    return secret;
  }
  if (kind.references[field]) {
    return idOf(field, value, state);
  }
  if (kind.section === 'models' && field === 'deployments') {
    return value.map(({ provider, ...rest }) => ({ ...rest, provider_id: idOf('provider', provider, state) }));
  }
  return value;
}

function idOf(field, name, { current }) {
  const found = named(field, name, current);
  if (!found) {
    throw new Error(`${field}: there is no ${field} '${name}', neither in the file nor on the platform`);
  }
  return found.id;
}

const named = (field, name, current) =>
  current[REFERRED[field]].find((each) => sameName(REFERRED[field], each.username ?? each.name, name));

/** In a dry run: the first thing that an item needs and that would only be made by then. */
function pending(kind, item, { current }) {
  const wanted = [
    ...Object.keys(kind.references).map((field) => [field, item[field]]),
    ...(kind.section === 'models' ? item.deployments.map((deployment) => ['provider', deployment.provider]) : []),
  ].filter(([, name]) => typeof name === 'string');
  const [field, name] = wanted.find(([each, value]) => named(each, value, current)?.pending) ?? [];
  return field && `${field} ${name}`;
}
