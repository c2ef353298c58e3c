// What is to be done to get from what the platform has to what the file says. Pure: knows neither network nor files.
import { isDeepStrictEqual } from 'node:util';
import { KINDS, REFERRED, ownerName, sameName } from './kinds.mjs';
import { normal } from './normal.mjs';
import { planPrices } from './prices.mjs';
import { planSettings } from './settings.mjs';

/**
 * @typedef {object} Step
 * @property {'create' | 'edit' | 'enable' | 'disable' | 'same' | 'impossible'} action
 * @property {import('./kinds.mjs').Kind} kind
 * @property {string} name      as people know it
 * @property {object} [item]    of the file
 * @property {object} [current] on the platform
 * @property {object} [body]    what an edit sends
 * @property {{field: string, before: any, after: any}[]} [changes]
 * @property {object} [shown]   of something new, told with it
 * @property {string} [why]     it is impossible
 */

/**
 * @param {Record<string, object[] | object>} desired of the file
 * @param {Record<string, object[] | object>} current of the platform
 * @param {{prune?: boolean, rotateSecrets?: boolean, self?: string}} options `self` is the caller's own id, never disabled
 * @returns {Step[]} in the order in which they can be done
 */
export function plan(desired, current, { prune = false, rotateSecrets = false, self } = {}) {
  const steps = KINDS.filter((kind) => desired[kind.section]).flatMap((kind) =>
    desired[kind.section].flatMap((item) => stepsFor(kind, item, current, rotateSecrets)),
  );
  steps.push(...(desired.prices ? planPrices(desired.prices, current) : []), ...(desired.settings ? planSettings(desired.settings, current.settings) : []));
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
      (kind.section !== 'api_keys' || (existing.status !== 'revoked' && isOwner(item, existing, current))),
  );
}

/** Whose key it is, in the words of the file: `{user}` or `{team}`. */
const ownerOf = (key, current) =>
  key.team_id === undefined
    ? { user: current.users?.find((user) => user.id === key.user_id)?.username ?? key.username }
    : { team: current.teams?.find((team) => team.id === key.team_id)?.name ?? key.team_name };

function isOwner(item, key, current) {
  const owner = ownerOf(key, current);
  return item.team === undefined ? sameNames('users', owner.user, item.user) : sameNames('teams', owner.team, item.team);
}

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
      return ownerOf(existing, current).user;
    case 'deployments':
      return (value ?? []).map(({ id, provider_id, provider_name, ...rest }) => ({
        ...rest,
        provider: current.providers?.find((provider) => provider.id === provider_id)?.name ?? provider_name ?? provider_id,
      }));
    default:
      return value;
  }
}

/** Disables what is active and not listed, of the sections that the file has; of keys only those of people and teams who own a listed one. */
function pruning(desired, current, self) {
  return [...KINDS].reverse().filter((kind) => desired[kind.section]).flatMap((kind) => {
    const listed = desired[kind.section];
    const isListed = (existing) => listed.some((item) => candidates(kind, item, { ...current, [kind.section]: [existing] }).length > 0);
    const concerned = (existing) =>
      kind.section !== 'api_keys' || listed.some((item) => isOwner(item, existing, current));
    return (current[kind.section] ?? [])
      .filter((existing) => existing.status === 'active' && existing.id !== self && concerned(existing) && !isListed(existing))
      .map((existing) => ({
        action: 'disable',
        kind,
        name: title(kind, kind.section === 'api_keys' ? { name: existing.name, ...ownerOf(existing, current) } : existing),
        current: existing,
        pruned: true,
      }));
  });
}

const title = (kind, item) => (kind.section === 'api_keys' ? `${item.name} of ${ownerName(item)}` : item[kind.name]);

export const told = (value) => (value === undefined ? 'nothing' : typeof value === 'string' ? value : JSON.stringify(value));
