// A company as a file for `./platform apply`: eight teams, forty people, five providers, nine models with prices, some sixty keys.
const DAY = 86_400_000;

const TEAMS = [
  ['Search', 900, 1_800],
  ['Payments', 300, 700],
  ['Support Assist', 1_200, 2_600],
  ['Data Science', 600, 1_500],
  ['Mobile', 240, 300],
  ['Platform', 600, 900],
  ['法务与合规', 120, 250],
  ['Marketing', 180, 400],
];

const PEOPLE = [
  'Amara Okafor', 'Lukas Brandt', 'Mei Tanaka', 'Sofia Marchetti', 'Jonas Lindqvist', 'Priya Raman', 'Daniel Osei', 'Hannah Weiss',
  '王思远', '陈雨桐', 'Carlos Medina', 'Ines Duarte', 'Tom Whitfield', 'Aisha Rahman', 'Pavel Novak', 'Grace Kim',
  'Noah Fischer', 'Leila Haddad', 'Marta Kowalska', 'Ethan Brooks', '李佳宁', 'Olivia Chen', 'Samuel Adeyemi', 'Freya Nielsen',
  'Yusuf Demir', 'Clara Vogel', 'Ben Carter', 'Nadia Petrova', 'Diego Fuentes', 'Zoe Papadakis', '赵明轩', 'Ravi Menon',
  'Emily Stone', 'Hugo Laurent', 'Anna Rossi', 'Kofi Mensah', 'Julia Becker', 'Oscar Holm', 'Naomi Sato', 'Peter Walsh',
]; // prettier-ignore

const PROVIDERS = ['OpenAI', 'Anthropic', 'DeepSeek', 'Google', 'In-house vLLM'];

/** Name, provider, the model's name there, prices per million (input, output, cached), how much it is used, latency, tokens/s. */
export const MODELS = [
  { name: 'gpt-5.1', on: 'OpenAI', as: 'gpt-5.1-2026-08-06', rates: [1.25, 10, 0.125], share: 24, first: 620, speed: 85, window: 400_000 },
  { name: 'gpt-5.1-mini', on: 'OpenAI', as: 'gpt-5.1-mini', rates: [0.25, 2, 0.025], share: 30, first: 380, speed: 140, window: 400_000 },
  { name: 'claude-opus-4.5', on: 'Anthropic', as: 'claude-opus-4-5', rates: [5, 25, 0.5], share: 9, first: 980, speed: 55, window: 200_000 },
  { name: 'claude-sonnet-4.5', on: 'Anthropic', as: 'claude-sonnet-4-5', rates: [3, 15, 0.3], share: 14, first: 720, speed: 75, window: 200_000 },
  { name: 'deepseek-v3', on: 'DeepSeek', as: 'deepseek-chat', rates: [0.28, 0.42, 0.028], share: 10, first: 900, speed: 45, window: 128_000 },
  { name: 'gemini-flash-lite', on: 'Google', as: 'gemini-2.5-flash', rates: [0.3, 2.5, 0.03], share: 8, first: 290, speed: 190, window: 1_000_000 },
  { name: 'qwen3-32b', on: 'In-house vLLM', as: 'Qwen/Qwen3-32B', rates: [0.1, 0.3, 0.05], share: 6, first: 210, speed: 60, window: 131_072 },
  { name: 'embed-large', on: 'OpenAI', as: 'text-embedding-3-large', rates: [0.13, 0, undefined], share: 12, first: 45, speed: 0, window: 8_191 },
  { name: 'assistant', on: 'Anthropic', as: 'claude-haiku-4-5', rates: [1, 5, 0.1], share: 7, first: 340, speed: 130, window: 200_000 },
]; // prettier-ignore

const LATIN = { 王思远: 'siyuan.wang', 陈雨桐: 'yutong.chen', 李佳宁: 'jianing.li', 赵明轩: 'mingxuan.zhao' };

const account = (person) => LATIN[person] ?? person.toLowerCase().replace(' ', '.');

/** What belongs to whom, by name. */
export const staff = PEOPLE.map((person, index) => ({
  person,
  username: account(person),
  team: TEAMS[index % TEAMS.length][0],
  role: index < TEAMS.length ? 'manager' : index === 9 ? 'auditor' : 'member',
}));

const rates = ([input, output, cached]) => ({ currency: 'USD', input, output, ...(cached === undefined ? {} : { cached_input: cached }) });

/** The company as a file, in JSON, which is YAML too. One price changes next month. */
export function company(now) {
  const soon = new Date(now + 14 * DAY).toISOString().slice(0, 10);
  return JSON.stringify({
    version: 1,
    teams: TEAMS.map(([name, perMinute, budget]) => ({
      name,
      limits: { requests_per_minute: perMinute, concurrency: 40 },
      budgets: [{ period: 'month', amount: budget, currency: 'USD' }],
    })),
    users: staff.map(({ person, username, team, role }) => ({
      username,
      display_name: person,
      role,
      team,
      password: { env: 'MONTH_PASSWORD' },
    })),
    providers: PROVIDERS.map((name) => ({ name, type: 'mock', base_url: 'mock:?first_token_ms=40&token_ms=8' })),
    models: MODELS.map(({ name, on, as, rates: price, window, speed }) => ({
      name,
      deployments: [
        { provider: on, upstream_model: as, weight: 3 },
        ...(name.startsWith('gpt') ? [{ provider: on, upstream_model: `${as}-eu`, weight: 1 }] : []),
      ],
      price: rates(price),
      catalog: { context_window: window, output_modalities: [speed === 0 ? 'embedding' : 'text'], input_modalities: ['text'] },
    })),
    prices: [
      { model: 'deepseek-v3', effective_from: `${soon}T00:00:00Z`, rates: rates([0.14, 0.28, 0.014]) },
    ],
    api_keys: [
      ...staff.filter((_, index) => index % 4 !== 3).map(({ username }) => ({ name: `${username} laptop`, user: username })),
      ...TEAMS.flatMap(([team, , budget], index) => [
        { name: `${SERVICES[index]} production`, team, budgets: [{ period: 'day', amount: Math.ceil(budget / 12), currency: 'USD' }] },
        { name: `${SERVICES[index]} staging`, team, limits: { requests_per_minute: 60 } },
      ]),
    ],
  });
}

const SERVICES = ['query-rewriter', 'dispute-triage', 'ticket-drafts', 'feature-store', 'in-app-help', 'ci-review', 'contract-reader', 'campaigns'];
