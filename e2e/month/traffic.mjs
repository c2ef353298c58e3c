// What such a company asks of its models in a month: office hours, quiet weekends, growth, favourites, a bad afternoon, a runaway job.
import { randomBytes } from 'node:crypto';
import { MODELS } from './company.mjs';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const AGENTS = ['OpenAI/Python 2.8.0', 'openai-node/7.57.0', 'Anthropic/Python 0.76.0', 'langchain4j/1.19.0', 'curl/8.14.1'];
/** Share of a day's requests by hour, UTC. */
const DAY_SHAPE = [2, 1, 1, 1, 1, 2, 4, 9, 16, 22, 24, 22, 17, 20, 24, 23, 20, 14, 9, 7, 6, 5, 4, 3];

/** Reproducible: the same month each time but for its ids. */
function randomness(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function requestId(at) {
  let left = at;
  let time = '';
  for (let i = 0; i < 10; i++) {
    time = ALPHABET[left % 32] + time;
    left = Math.floor(left / 32);
  }
  return `req_${time}${Array.from(randomBytes(16), (byte) => ALPHABET[byte & 31]).join('')}`;
}

/**
 * Usage records in the order of their time.
 *
 * @param {{models: Map<string, object>, callers: {user_id?: string, team_id?: string, api_key_id?: string, weight: number, home: number}[],
 *          from: number, to: number, count: number}} plan models by name as the API shows them; times in milliseconds
 */
export function* month({ models, callers, from, to, count }) {
  const random = randomness(20_261_123);
  const gauss = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const spread = (median, sigma = 0.7) => Math.max(1, Math.round(median * Math.exp(gauss() * sigma)));
  const pick = weighted(random);
  const hours = [];
  for (let hour = Math.floor(from / HOUR) * HOUR; hour < to; hour += HOUR) {
    const weekday = new Date(hour).getUTCDay();
    const growth = 1 + (0.6 * (hour - from)) / (to - from);
    const resting = weekday === 0 || weekday === 6 ? 0.18 : 1;
    hours.push({ hour, weight: DAY_SHAPE[new Date(hour).getUTCHours()] * resting * growth * (0.85 + 0.3 * random()) });
  }
  const total = hours.reduce((sum, { weight }) => sum + weight, 0);
  const outage = Math.floor((to - 6 * DAY) / DAY) * DAY + 14 * HOUR;
  const runaway = Math.floor((to - 2 * DAY) / DAY) * DAY + 9 * HOUR;
  for (const { hour, weight } of hours) {
    const wild = hour >= runaway && hour < runaway + 3 * HOUR;
    const many = Math.round((count * weight * (wild ? 2.4 : 1)) / total);
    const times = Array.from({ length: many }, () => hour + Math.floor(random() * HOUR)).sort((a, b) => a - b);
    for (const at of times) {
      if (at < from || at >= to) continue;
      const mad = wild && random() < 0.55;
      const caller = mad ? callers[0] : pick(callers);
      const kind = mad ? MODELS[2] : pick(MODELS, (model, index) => model.share * (index % 5 === caller.home % 5 ? 3 : 1));
      const hurt = at >= outage && at < outage + 2 * HOUR && kind.on === 'Anthropic';
      yield record({ at, caller, kind, model: models.get(kind.name), hurt, random, spread });
    }
  }
}

function record({ at, caller, kind, model, hurt, random, spread }) {
  const embeds = kind.speed === 0;
  const failed = random() < (hurt ? 0.6 : 0.012);
  const limited = !failed && random() < 0.006;
  const left = !failed && !limited && random() < 0.008;
  const stream = !embeds && random() < 0.65;
  const prompt = limited ? 0 : spread(embeds ? 420 : 900, 0.9);
  const completion = failed || limited || embeds ? 0 : spread(280, 0.8);
  const cached = !embeds && prompt > 1_024 && random() < 0.45 ? Math.floor((prompt * 0.6) / 128) * 128 : 0;
  const retried = hurt || random() < 0.01;
  const first = limited ? 2 : spread(kind.first, 0.35) * (hurt ? 4 : 1) + (retried ? 1_900 : 0);
  const latency = limited ? 3 : first + (embeds ? 0 : Math.round((completion / kind.speed) * 1_000));
  const [main, other] = model.deployments;
  const deployment = other && random() < 0.25 ? other : main;
  const answered = !failed && !limited;
  const cost = answered ? ((prompt - cached) * kind.rates[0] + cached * (kind.rates[2] ?? kind.rates[0]) + completion * kind.rates[1]) / 1e6 : 0;
  return {
    request_id: requestId(at),
    at: new Date(at).toISOString(),
    ...(caller.user_id && { user_id: caller.user_id }),
    ...(caller.team_id && { team_id: caller.team_id }),
    ...(caller.api_key_id && { api_key_id: caller.api_key_id }),
    endpoint: embeds ? 'embeddings' : kind.on === 'Anthropic' && random() < 0.4 ? 'messages' : 'chat.completions',
    model: kind.name,
    ...(limited ? {} : { deployment: deployment.id, provider_id: deployment.provider_id, upstream_model: deployment.upstream_model }),
    stream,
    outcome: limited ? 'rejected' : failed ? 'failed' : left ? 'aborted' : 'completed',
    status: limited ? 429 : failed ? (random() < 0.7 ? 502 : 504) : left ? 499 : 200,
    ...(limited ? { error_code: 'rate_limit_exceeded' } : failed ? { error_code: hurt ? 'server_error' : 'upstream_timeout' } : {}),
    prompt_tokens: prompt,
    completion_tokens: completion,
    cached_tokens: cached,
    reasoning_tokens: kind.name.startsWith('gpt-5.1') && random() < 0.4 ? Math.floor(completion * 0.4) : 0,
    tokens_estimated: left,
    cost: Number(cost.toFixed(10)),
    currency: 'USD',
    latency_ms: latency,
    ...(answered && !embeds ? { ttft_ms: first } : {}),
    attempts: limited ? 0 : retried ? 2 : 1,
    ...(retried && !limited
      ? {
          trail: [
            { deployment: main.id, result: hurt ? 'status_529' : 'first_byte_timeout', ms: 1_850 },
            { deployment: deployment.id, result: failed ? 'status_503' : 'ok', ms: latency - 1_880 > 0 ? latency - 1_880 : 40 },
          ],
        }
      : {}),
    ip: `10.20.${caller.home % 4}.${(caller.home % 200) + 10}`,
    user_agent: AGENTS[caller.home % AGENTS.length],
    gateway: 'gateway-1',
  };
}

/** Draws one of a list by weight. */
function weighted(random) {
  return (list, weigh = (one) => one.weight) => {
    const weights = list.map(weigh);
    let point = random() * weights.reduce((sum, weight) => sum + weight, 0);
    return list[weights.findIndex((weight) => (point -= weight) < 0)] ?? list.at(-1);
  };
}
