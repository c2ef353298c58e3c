// What is to be done to get from what the platform has to what the file says. Pure: knows neither network nor files.
import { isDeepStrictEqual } from 'node:util';
import { KINDS, REFERRED, sameName } from './kinds.mjs';

/**
 * @typedef {object} Step
 * @property {'create' | 'edit' | 'enable' | 'disable' | 'same' | 'impossible'} action
 * @property {import('./kinds.mjs').Kind} kind
 * @property {string} name      as people know it
 * @property {object} [item]    of the file
 * @property {object} [current] on the platform
 * @property {object} [body]    what an edit sends
 * @property {{field: string, before: any, after: any}[]} [changes]
 * @property {string} [why]     it is impossible
 */

/**
 * @param {Record<string, object[]>} desired of the file
 * @param {Record<string, object[]>} current of the platform
 * @param {{prune?: boolean, rotateSecrets?: boolean, self?: string}} options `self` is the caller's own id, never disabled
 * @returns {Step[]} in the order in which they can be done
 */
export function plan(desired, current, { prune = false, rotateSecrets = false, self } = {}) {
  const steps = KINDS.filter((kind) => desired[kind.section]).flatMap((kind) =>
    desired[kind.section].flatMap((item) => stepsFor(kind, item, current, rotateSecrets)),
  );
  return prune ? [...steps, ...pruning(desired, current, self)] : steps;
}

function stepsFor(kind, item, current, rotateSecrets) {
  const name = title(kind, item);
  const found = candidates(kind, item, current);
  if (found.length > 1) {
    return [{ action: 'impossible', kind, name, item, why: `${found.length} of that name exist; rename all but one` }];
  }
  const [existing] = found;
  if (!existing) {
    const steps = [{ action: 'create', kind, name, item }];
    return item.status === 'disabled' ? [...steps, { action: 'disable', kind, name, item }] : steps;
  }
  const changes = differences(kind, item, existing, current, rotateSecrets);
  const fixed = changes.find(({ field }) => kind.fixed.includes(field));
  if (fixed) {
    return [{ action: 'impossible', kind, name, item, current: existing, why: `${fixed.field} cannot be changed from ${told(fixed.before)} to ${told(fixed.after)}` }];
  }
  const steps = [];
  if (changes.length > 0) {
    steps.push({ action: 'edit', kind, name, item, current: existing, changes });
  }
  const wanted = item.status ?? 'active';
  if (wanted !== (existing.status === 'disabled' ? 'disabled' : 'active')) {
    steps.push({ action: wanted === 'disabled' ? 'disable' : 'enable', kind, name, item, current: existing });
  }
  return steps.length > 0 ? steps : [{ action: 'same', kind, name, item, current: existing }];
}

/** What the platform has of that name. A revoked key is gone for ever, so its name is free. */
function candidates(kind, item, current) {
  return (current[kind.section] ?? []).filter(
    (existing) =>
      sameName(kind.section, existing[kind.name], item[kind.name]) &&
      (kind.section !== 'api_keys' || (existing.status !== 'revoked' && sameName('users', ownerOf(existing, current), item.user))),
  );
}

const ownerOf = (key, current) => current.users?.find((user) => user.id === key.user_id)?.username ?? key.username;

/** Fields that the file gives and that are otherwise on the platform. What the file does not give is not looked at. */
function differences(kind, item, existing, current, rotateSecrets) {
  const changes = [];
  for (const [field, value] of Object.entries(item)) {
    if (field === 'status') {
      continue;
    }
    if (kind.secrets.includes(field)) {
      const unset = field === 'api_key' && !existing.has_api_key;
      if (unset || (rotateSecrets && field === 'api_key')) {
        changes.push({ field, before: unset ? undefined : 'set', after: 'set' });
      }
      continue;
    }
    const target = kind.references[field] ?? field;
    const before = normal(shown(target, existing, current));
    const after = normal(value);
    const isName = kind.references[field] !== undefined || field === kind.name;
    const equal = isName ? sameNames(REFERRED[field] ?? kind.section, before, after) : isDeepStrictEqual(before, after);
    if (!equal) {
      changes.push({ field: kind.fixed.includes(target) ? target : field, before, after });
    }
  }
  return changes;
}

const sameNames = (section, one, other) =>
  one === other || (one !== undefined && other !== undefined && sameName(section, one, other));

/** A value of the platform in the words of the file. */
function shown(field, existing, current) {
  const value = existing[field];
  switch (field) {
    case 'team_id':
      return current.teams?.find((team) => team.id === value)?.name ?? value;
    case 'user_id':
      return ownerOf(existing, current);
    case 'deployments':
      return (value ?? []).map(({ id, provider_id, provider_name, ...rest }) => ({
        ...rest,
        provider: current.providers?.find((provider) => provider.id === provider_id)?.name ?? provider_name ?? provider_id,
      }));
    default:
      return value;
  }
}

/** One form for what means the same: nothing, null and empty; dates; a deployment's default weight and priority. */
export function normal(value) {
  if (value === null || value === undefined || value === '') {
    return undefined;
  }
  if (value instanceof Date) {
    return value.toISOString().replace('.000Z', 'Z');
  }
  if (Array.isArray(value)) {
    return value.length === 0 ? undefined : value.map(normal);
  }
  if (typeof value === 'object') {
    const entries = Object.entries(value)
      .map(([key, each]) => [key, normal(each)])
      .filter(([, each]) => each !== undefined);
    const object = Object.fromEntries(entries);
    if ('upstream_model' in object) {
      object.weight ??= 1;
      object.priority ??= 0;
    }
    return entries.length === 0 ? undefined : object;
  }
  return typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value) && !Number.isNaN(Date.parse(value))
    ? new Date(value).toISOString().replace('.000Z', 'Z')
    : value;
}

/** Disables what is active and not listed, of the sections that the file has; of keys only those of people who own a listed one. */
function pruning(desired, current, self) {
  return [...KINDS].reverse().filter((kind) => desired[kind.section]).flatMap((kind) => {
    const listed = desired[kind.section];
    const isListed = (existing) => listed.some((item) => candidates(kind, item, { ...current, [kind.section]: [existing] }).length > 0);
    const concerned = (existing) =>
      kind.section !== 'api_keys' || listed.some((item) => sameName('users', item.user, ownerOf(existing, current)));
    return (current[kind.section] ?? [])
      .filter((existing) => existing.status === 'active' && existing.id !== self && concerned(existing) && !isListed(existing))
      .map((existing) => ({
        action: 'disable',
        kind,
        name: title(kind, { ...existing, user: kind.section === 'api_keys' ? ownerOf(existing, current) : undefined }),
        current: existing,
        pruned: true,
      }));
  });
}

const title = (kind, item) => (kind.section === 'api_keys' ? `${item.name} of ${item.user}` : item[kind.name]);

export const told = (value) => (value === undefined ? 'nothing' : typeof value === 'string' ? value : JSON.stringify(value));
