import { describe, expect, it, test } from 'vitest'
import type { Model, PriceVersion } from '@/features/models/api'
import { useModelForm } from '@/features/models/composables/useModelForm'
import { callerName } from '@/features/models/composables/useProviderImport'
import { deploymentForm, deploymentInput, isDeploymentValid, tiersOf } from '@/features/models/deployments'
import { comparedWith, decimal, differences, timelineOf } from '@/features/models/prices'
import { healthOf, type Tick, worstStates } from '@/shared/health/states'

const MODEL: Model = {
  id: 'mdl_1',
  version: 4,
  name: 'house',
  deployments: [
    {
      id: 'dep_1',
      provider_id: 'prv_1',
      provider_name: 'One',
      upstream_model: 'big',
      weight: 3,
      when: { stream: false, min_prompt_tokens: 10, metadata: { tier: 'gold' } },
      limits: { concurrency: 5 },
    },
    { id: 'dep_2', provider_id: 'prv_2', upstream_model: 'small', weight: 1, priority: 2 },
  ],
  routing: { strategy: 'least-busy', fallbacks: ['other'], sticky: 'header:x-session' },
  cache: { ttl_seconds: 60 },
  status: 'active',
  created_at: '2026-11-01T00:00:00Z',
  updated_at: '2026-11-01T00:00:00Z',
}

describe('the form of a model', () => {
  it('sends nothing when nothing was changed, and only what was', () => {
    const { form, reset, changes, changed } = useModelForm()
    reset(MODEL)
    expect(changes.value).toEqual({})
    form.limits.requests_per_minute = 60
    form.fallbacks.push('third')
    expect(changed.value).toBe(2)
    expect(changes.value).toEqual({
      limits: { requests_per_minute: 60 },
      routing: { strategy: 'least-busy', sticky: 'header:x-session', fallbacks: ['other', 'third'] },
    })
    reset(MODEL)
    expect(changes.value).toEqual({})
  })

  it('clears what was emptied, and keeps all of a deployment that it does not touch', () => {
    const { form, reset, changes } = useModelForm()
    reset(MODEL)
    Object.assign(form, { strategy: 'weighted', sticky: 'none', fallbacks: [], cache_seconds: undefined })
    form.deployments[1]!.weight = 7
    expect(changes.value).toEqual({
      routing: null,
      cache: null,
      deployments: [
        {
          provider_id: 'prv_1',
          upstream_model: 'big',
          weight: 3,
          when: { stream: false, min_prompt_tokens: 10, metadata: { tier: 'gold' } },
          limits: { concurrency: 5 },
        },
        { provider_id: 'prv_2', upstream_model: 'small', weight: 7, priority: 2 },
      ],
    })
  })

  it('an emptied price is missing, not zero', () => {
    const { form, isValid, creation } = useModelForm()
    form.name = 'gpt'
    Object.assign(form.deployments[0]!, { provider_id: 'p', upstream_model: ' m ' })
    Object.assign(form.price, { priced: true, input: 0, output: 10, cached_input: null })
    expect(isValid.value).toBe(true)
    expect(creation()).toEqual({
      name: 'gpt',
      deployments: [{ provider_id: 'p', upstream_model: 'm', weight: 1 }],
      price: { currency: 'USD', input: 0, output: 10 },
    })
    form.price.input = null
    expect(isValid.value).toBe(false)
  })

  it('knows what the server would refuse', () => {
    const { form, isNameValid, isHeaderValid, areCapabilitiesValid } = useModelForm()
    form.name = '-x'
    expect(isNameValid.value).toBe(false)
    form.name = 'vendor/x:1'
    expect(isNameValid.value).toBe(true)
    Object.assign(form, { sticky: 'header', header: 'two words' })
    expect(isHeaderValid.value).toBe(false)
    form.catalog.capabilities = ['Tools']
    expect(areCapabilitiesValid.value).toBe(false)
  })
})

test('a range of prompt lengths that stands upside down is no deployment', () => {
  const form = deploymentForm({ provider_id: 'p', upstream_model: 'm' })
  Object.assign(form, { min_prompt_tokens: 9, max_prompt_tokens: 8 })
  expect(isDeploymentValid(form)).toBe(false)
  form.max_prompt_tokens = 9
  expect(isDeploymentValid(form)).toBe(true)
  expect(deploymentInput(form).when).toEqual({ min_prompt_tokens: 9, max_prompt_tokens: 9 })
})

test('deployments are asked tier by tier, whatever their order on the page', () => {
  const tiers = tiersOf([{ priority: 5 }, { priority: undefined }, { priority: 0 }])
  expect(tiers.map(({ priority, deployments }) => [priority, deployments.length])).toEqual([
    [0, 2],
    [5, 1],
  ])
})

test('names of a provider become names that callers may write', () => {
  expect(callerName('', 'models/gemini-pro')).toBe('gemini-pro')
  expect(callerName('azure/', 'My Deployment (2)')).toBe('azure/My-Deployment-2-')
  expect(callerName('', '  _x')).toBe('x')
})

const version = (number: number, from: string, changes: Partial<PriceVersion> = {}): PriceVersion => ({
  book_id: 'prc_1',
  book_version: number,
  model_id: 'mdl_1',
  model_name: 'house',
  number,
  state: 'past',
  effective_from: from,
  recorded_at: from,
  rates: { currency: 'USD', input: number, output: number * 2 },
  ...changes,
})

describe('prices', () => {
  const all = [
    version(1, '2026-01-01T00:00:00Z', { state: 'corrected', corrected_by: 3 }),
    version(2, '2026-07-01T00:00:00Z', { state: 'in_force' }),
    version(3, '2026-01-01T00:00:00Z', { corrects: 1 }),
    version(4, '2027-01-01T00:00:00Z', { state: 'coming' }),
  ]

  it('are compared with what they correct, else with what was in force before', () => {
    expect(comparedWith(all[2]!, all)?.number).toBe(1)
    expect(comparedWith(all[1]!, all)?.number).toBe(3)
    expect(comparedWith(all[0]!, all)).toBeUndefined()
  })

  it('differ by rate, relatively where that means something', () => {
    const before = { currency: 'USD', input: 2, output: 0, cached_input: 1 }
    expect(differences(before, { currency: 'USD', input: 3, output: 4, cached_input: null })).toEqual([
      { rate: 'input', before: 2, after: 3, relative: 0.5 },
      { rate: 'output', before: 0, after: 4 },
      { rate: 'cached_input', before: 1, after: undefined },
    ])
    expect(differences(before, { ...before, currency: 'EUR' }).map(({ relative }) => relative)).toEqual([
      undefined,
      undefined,
      undefined,
    ])
    expect(differences(undefined, before)).toEqual([])
  })

  it('stand on a line of time without gaps, this moment inside of the one in force', () => {
    const { segments, corrected, now } = timelineOf(all, Date.parse('2026-11-23T00:00:00Z'))
    expect(segments.map(({ number }) => number)).toEqual([3, 2, 4])
    expect(segments[0]!.left).toBe(0)
    expect(segments[1]!.left).toBeCloseTo(segments[0]!.width)
    expect(segments.reduce((sum, { width }) => sum + width, 0)).toBeCloseTo(1)
    expect(now).toBeGreaterThan(segments[1]!.left)
    expect(now).toBeLessThan(segments[2]!.left)
    expect(corrected.map(({ number, left }) => [number, left])).toEqual([[1, 0]])
    expect(timelineOf([], 0)).toEqual({ segments: [], corrected: [], now: undefined })
  })

  it('are asked for as plain decimals', () => {
    expect([1e-7, 0, 12, 0.25].map(decimal)).toEqual(['0.0000001', '0', '12', '0.25'])
  })
})

describe('health', () => {
  const states = (...of: ('closed' | 'open' | 'half_open' | 'cooling')[]) => ({
    status: 'active' as const,
    states: of,
    requests: 100,
    successRate: 1,
  })

  it('is what the gateways say, then how requests ended', () => {
    expect(healthOf(states('closed', 'closed'))).toBe('healthy')
    expect(healthOf(states('closed', 'open'))).toBe('degraded')
    expect(healthOf(states('open', 'open'))).toBe('down')
    expect(healthOf({ ...states('closed'), successRate: 0.9 })).toBe('degraded')
    expect(healthOf({ ...states('closed'), successRate: 0.1 })).toBe('down')
    expect(healthOf({ ...states('closed'), successRate: 0.1, requests: 3 })).toBe('healthy')
    expect(healthOf({ ...states('closed'), successRate: 0, requests: 1 })).toBe('degraded')
    expect(healthOf({ ...states(), requests: 0, successRate: null })).toBe('quiet')
    expect(healthOf({ ...states('open'), status: 'disabled' })).toBe('disabled')
  })

  it('of a deployment is the worst that any gateway tells, with the requests of all', () => {
    const deployment = { id: 'dep_1', model: 'house', provider_id: 'prv_1' }
    const gateway = (state: 'closed' | 'open', in_flight: number) => ({
      gateway: 'g',
      at: '',
      status: 'ok' as const,
      in_flight,
      journal_depth: 0,
      deployments: [{ ...deployment, state, in_flight }],
    })
    const tick = { gateways: [gateway('open', 1), gateway('closed', 2)] } as Tick
    expect(worstStates(tick).get('dep_1')).toEqual({ ...deployment, state: 'open', in_flight: 3 })
    expect(worstStates(undefined).size).toBe(0)
  })
})

test('what stands on the model is drawn before the first version, in force until one has begun', () => {
  const base = { currency: 'USD', input: 9, output: 9 }
  const coming = version(1, '2027-01-01T00:00:00Z', { state: 'coming' })
  const at = Date.parse('2026-11-23T00:00:00Z')
  const states = (given: PriceVersion[]) =>
    timelineOf(given, at, base).segments.map(({ number, state }) => [number, state])
  expect(states([coming])).toEqual([
    [0, 'in_force'],
    [1, 'coming'],
  ])
  expect(states([{ ...coming, effective_from: '2026-11-23T00:00:01Z', state: 'in_force' }])[0]).toEqual([
    0,
    'past',
  ])
  expect(states([])).toEqual([])
})
