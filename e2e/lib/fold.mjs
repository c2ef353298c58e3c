// A plain fold of what the API said: what the time machine must say of spans and of access follows from it, by rules written down
// here a second time.

/** Change with every event, or are another entity's. */
const NOT_COMPARED = ['version', 'created_at', 'updated_at', 'id', 'username', 'team_name', 'last_used_at'];

export class Fold {
  #seen;

  /** @param seen records `{type, id, token, entity}`, in order; may still grow */
  constructor(seen) {
    this.#seen = seen;
  }

  knows(type, id) {
    return this.#seen.some((one) => one.type === type && one.id === id);
  }

  entities() {
    const all = new Map(this.#seen.map(({ type, id }) => [`${type}/${id}`, { type, id }]));
    return [...all.values()];
  }

  versions(type, id) {
    return this.#seen.filter((one) => one.type === type && one.id === id);
  }

  #last(type, id, step) {
    return this.#seen.findLast((one, at) => at <= step && one.type === type && one.id === id);
  }

  /** All of a type that there were. */
  at(type, step) {
    return this.entities()
      .filter((one) => one.type === type)
      .map(({ id }) => this.#last(type, id, step)?.entity)
      .filter(Boolean);
  }

  /** Behind one step up to another, by type and id: `{type, id, change, fields}`. */
  differences(from, to) {
    return this.entities()
      .filter(({ type, id }) => this.#seen.slice(from + 1, to + 1).some((one) => one.type === type && one.id === id))
      .map(({ type, id }) => this.#difference(type, id, this.#last(type, id, from)?.entity, this.#last(type, id, to).entity))
      .filter(({ change, fields }) => change === 'created' || fields.length > 0)
      .sort((one, other) => (`${one.type}/${one.id}` < `${other.type}/${other.id}` ? -1 : 1));
  }

  #difference(type, id, before, after) {
    const [was, is] = [plain(type, before), plain(type, after)];
    const fields = Object.keys({ ...was, ...is }).filter((field) => JSON.stringify(was[field]) !== JSON.stringify(is[field]));
    const removed = is.status === 'revoked' && before && was.status !== 'revoked';
    return { type, id, change: !before ? 'created' : removed ? 'removed' : 'changed', fields: fields.sort() };
  }

  /** `{allowed, reason, grounds}`, where grounds are pairs of an entity and the token of its last change. */
  access(step, keyId, model) {
    const one = (type, id) => (id ? this.#last(type, id, step) : undefined);
    const key = one('api_key', keyId);
    const user = one('user', key.entity.user_id);
    const team = one('team', user ? user.entity.team_id : key.entity.team_id);
    const grounds = [key, user, team, one('model', model.id)].filter(Boolean).map(({ type, id, token }) => [`${type}/${id}`, token]);
    const reason = this.#reason(step, key.entity, user?.entity, team?.entity, model);
    return { allowed: reason === undefined, reason, grounds };
  }

  #reason(step, key, user, team, model) {
    if (key.status !== 'active') {
      return key.status === 'expired' ? 'key_expired' : 'key_disabled';
    }
    if (user && user.status !== 'active') {
      return 'user_disabled';
    }
    if (team && team.status !== 'active') {
      return 'team_disabled';
    }
    if (model.status !== 'active') {
      return 'model_not_found';
    }
    const may = (name) => !key.allowed_models || key.allowed_models.includes(name);
    if (!may(model.name)) {
      return 'model_not_allowed';
    }
    const models = this.at('model', step);
    const fallbacks = (model.routing?.fallbacks ?? [])
      .map((name) => models.find((other) => other.name === name))
      .filter((other) => other?.status === 'active' && may(other.name));
    const open = (id) => this.#last('provider', id, step).entity.status === 'active';
    const served = [model, ...fallbacks].some(({ deployments }) => deployments.some((deployment) => open(deployment.provider_id)));
    return served ? undefined : 'no_deployment';
  }
}

/** As far as it is the entity's own, keys in a fixed order. */
function plain(type, entity) {
  if (!entity) {
    return {};
  }
  if (type === 'price_book') {
    const versions = entity.map(({ state: _, ...version }) => version).sort((one, other) => one.number - other.number);
    return { versions: sorted(versions), model_id: entity[0].model_id, model_name: entity[0].model_name };
  }
  const fields = Object.entries(entity).filter(([name]) => type === 'user' ? name === 'username' || !NOT_COMPARED.includes(name) : !NOT_COMPARED.includes(name));
  const deployments = entity.deployments?.map(({ provider_name: _, ...deployment }) => deployment);
  return sorted({ ...Object.fromEntries(fields), ...(deployments ? { deployments } : {}) });
}

function sorted(value) {
  if (Array.isArray(value)) {
    return value.map(sorted);
  }
  if (value && typeof value === 'object') {
    return Object.fromEntries(Object.keys(value).sort().map((name) => [name, sorted(value[name])]));
  }
  return value;
}
