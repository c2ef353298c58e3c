// Random changes of the whole configuration through the management API. Every thing is fresh and nothing shared is touched, so
// this goes on beside other tests.
import { secret, unique } from './fixtures.mjs';
import { remember } from './planted.mjs';

const FAR = '2090-01-01T00:00:00Z';
const SCOPES = ['chat.completions', 'embeddings', 'models'];
const SOME_MOCK = 'mock:?first_token_ms=1&token_ms=0';

/** What was made, by type: `{id, …}`; keys with their secret, models with their name. */
export class Changes {
  made = { user: [], team: [], provider: [], model: [], api_key: [], price_book: [] };
  #admin;
  #random;
  #last = {};

  constructor(admin, random) {
    this.#admin = admin;
    this.#random = random;
  }

  /** Makes the first few of everything, one at a time. Yields what each write touched. */
  async *begin() {
    for (const what of ['team', 'team', 'user', 'user', 'provider', 'provider', 'model', 'model', 'api_key', 'api_key']) {
      yield this.#create(what);
    }
  }

  /** One change: `{type, id, token}`, or undefined when it was refused for the state that things are in. */
  async next() {
    const random = this.#random;
    const type = random.pick(['user', 'team', 'api_key', 'api_key', 'api_key', 'provider', 'model', 'model', 'price_book']);
    const most = { user: 8, team: 4, api_key: 14, provider: 4, model: 6, price_book: 3 }[type];
    if (this.made[type].length < most && random.chance(0.35)) {
      return this.#create(type);
    }
    const one = random.pick(this.made[type]);
    return one && this.#change(type, one);
  }

  async #write(type, method, path, body, id) {
    const answer = await this.#admin.request(method, path, body, { 'x-reason': 'wanted so' });
    if (answer.status === 409) {
      return undefined;
    }
    if (answer.status >= 300) {
      throw new Error(`${method} ${path} ${JSON.stringify(body)}: ${answer.status} ${answer.text}`);
    }
    return { type, id: id ?? answer.json.id, token: answer.headers['x-consistency-token'], json: answer.json };
  }

  async #create(type) {
    const written = await this.#write(type, 'POST', paths[type], this.#fresh(type));
    if (!written) {
      return undefined;
    }
    const { json } = written;
    if (!this.made[type].some((one) => one.id === json.id)) {
      this.made[type].push({ id: json.id, key: json.key && remember(json.key), ...this.#last });
    }
    return written;
  }

  #fresh(type) {
    const random = this.#random;
    this.#last = {};
    switch (type) {
      case 'user':
        return { username: unique('moment'), role: 'member', password: secret('pw'), display_name: random.pick(['Inès', '王芳', 'Ana']), ...this.#limits() };
      case 'team':
        return { name: unique('moment'), ...this.#limits() };
      case 'provider':
        return { name: unique('moment'), type: 'mock', base_url: SOME_MOCK };
      case 'model':
        this.#last = { name: unique('moment') };
        return { ...this.#last, ...this.#model(this.#last.name) };
      case 'api_key': {
        const owner = random.chance(0.3) ? { team_id: random.pick(this.made.team).id } : { user_id: random.pick(this.made.user).id };
        return { name: unique('moment'), ...owner, ...this.#key() };
      }
      default:
        return {
          model_id: random.pick(this.made.model).id,
          rates: { currency: 'USD', input: 1 + random.below(9) / 4, output: 2 },
          ...(random.chance(0.5) ? { effective_from: `20${50 + random.below(40)}-01-01T00:00:00Z` } : {}),
        };
    }
  }

  async #change(type, one) {
    const random = this.#random;
    const path = `${paths[type]}/${one.id}`;
    const act = (action, body) => this.#write(type, 'POST', `${path}/${action}`, body, one.id);
    const edit = (body) => this.#write(type, 'PATCH', path, body, one.id);
    const toggle = () => act(random.pick(['disable', 'enable']));
    switch (type) {
      case 'user':
        return random.chance(0.4) ? toggle() : edit({ display_name: random.pick(['Zoë', '李雷', null]), team_id: random.pick([...this.made.team, { id: null }]).id, ...this.#limits() });
      case 'team':
        return random.chance(0.4) ? toggle() : edit({ name: unique('moment'), ...this.#limits() });
      case 'provider':
        return random.chance(0.5) ? toggle() : edit(random.chance(0.5) ? { name: unique('moment') } : { api_key: secret('upstream-key') });
      case 'model':
        return random.chance(0.3) ? toggle() : edit(this.#model(one.name));
      case 'api_key':
        return this.#changeKey(one, act, edit, toggle);
      default:
        return this.#create(type);
    }
  }

  async #changeKey(one, act, edit, toggle) {
    const random = this.#random;
    if (one.revoked) {
      return undefined;
    }
    const kind = random.below(10);
    if (kind === 0 && this.made.api_key.length > 4) {
      one.revoked = true;
      return act('revoke');
    }
    if (kind < 3) {
      return toggle();
    }
    if (kind === 3) {
      const rotated = await act('rotate', { overlap_seconds: 3_600 });
      if (rotated) {
        one.key = remember(rotated.json.key);
      }
      return rotated;
    }
    return edit({ name: unique('moment'), ...this.#key(null) });
  }

  #limits() {
    const random = this.#random;
    return {
      ...(random.chance(0.5) ? { limits: { requests_per_minute: 100_000 + random.below(9), concurrency: 500 } } : {}),
      ...(random.chance(0.3) ? { budgets: [{ period: random.pick(['day', 'month']), amount: 1_000 + random.below(9), currency: 'USD' }] } : {}),
    };
  }

  /** @param absent what stands for nothing: null where it clears */
  #key(absent = undefined) {
    const random = this.#random;
    const names = this.made.model.map((model) => model.name);
    const perhaps = (share, value) => (random.chance(share) ? value() : absent);
    return {
      allowed_models: perhaps(0.5, () => random.some(names)),
      scopes: perhaps(0.25, () => random.some(SCOPES)),
      allowed_ips: perhaps(0.25, () => random.pick([['10.0.0.0/8'], ['127.0.0.0/8', '::1']])),
      expires_at: perhaps(0.25, () => FAR),
      metadata: perhaps(0.25, () => ({ project: random.pick(['apollo', '阿波罗']) })),
      ...this.#limits(),
    };
  }

  /** @param name of the model itself, which cannot stand in for itself */
  #model(name) {
    const random = this.#random;
    const providers = random.some(this.made.provider);
    const others = this.made.model.filter((model) => model.name !== name);
    return {
      deployments: providers.map((provider) => ({ provider_id: provider.id, upstream_model: 'm', weight: 1 + random.below(5) })),
      ...(random.chance(0.4) && others.length > 0 ? { routing: { fallbacks: [random.pick(others).name, 'nothing'] } } : {}),
      ...(random.chance(0.2) ? { catalog: { context_window: 1_000 + random.below(9) } } : {}),
    };
  }
}

export const paths = { user: 'users', team: 'teams', api_key: 'api-keys', provider: 'providers', model: 'models', price_book: 'prices' };
