import { expect, test } from 'vitest'
import { differences } from '@/features/audit/diff'
import type { BudgetState } from '@/features/usage/api'
import { burnDown } from '@/features/usage/burndown'
import { askedPrices } from '@/features/usage/composables/useWhatIf'
import { hoursOf } from '@/features/usage/heat'
import { previousOf, spanOf } from '@/features/usage/periods'
import { columnsOf } from '@/features/usage/requestColumns'
import { tokensPerSecond, waterfall } from '@/features/usage/waterfall'
import { placeOf, topSeries } from '@/shared/chart/series'
import { fromRequestsLink } from '@/shared/observe/links'
import { visibleRows } from '@/shared/ui/useVisibleRows'

const timed = {
  latency_ms: 1000,
  ttft_ms: 300,
  attempts: 1,
  outcome: 'completed' as const,
  deployment: 'dep_1',
}

test('a request is its wait and its tokens', () => {
  expect(waterfall(timed)).toEqual([
    { kind: 'wait', from: 0, to: 300, deployment: 'dep_1' },
    { kind: 'stream', from: 300, to: 1000 },
  ])
  expect(waterfall({ ...timed, ttft_ms: null })).toEqual([
    { kind: 'wait', from: 0, to: 1000, deployment: 'dep_1' },
  ])
  expect(waterfall({ ...timed, attempts: 0, outcome: 'rejected' }).map(({ kind }) => kind)).toEqual([
    'gateway',
  ])
  expect(waterfall({ ...timed, cache_hit: true }).map(({ kind }) => kind)).toEqual(['cache'])
})

test('failed attempts stand before the one that answered, and what is left over before them all', () => {
  const trail = [
    { deployment: 'dep_1', result: 'status_503', ms: 100 },
    { deployment: 'dep_2', result: 'completed', ms: 880 },
  ]
  const steps = waterfall({ ...timed, attempts: 2, trail })
  expect(steps.map(({ kind, from, to }) => [kind, from, to])).toEqual([
    ['gateway', 0, 20],
    ['attempt', 20, 120],
    ['wait', 120, 300],
    ['stream', 300, 1000],
  ])
  expect(steps[1]).toMatchObject({ failed: true, result: 'status_503' })
  const failed = waterfall({ ...timed, attempts: 2, trail, outcome: 'failed', ttft_ms: null })
  expect(failed.at(-1)).toMatchObject({ kind: 'attempt', from: 120, to: 1000, failed: true })
  // Clocks that disagree never make a step that ends before it begins.
  const odd = waterfall({ ...timed, latency_ms: 50, ttft_ms: null, attempts: 2, trail })
  expect(odd.every(({ from, to }) => from <= to && to <= 50)).toBe(true)
})

test('tokens a second are those after the first', () => {
  expect(tokensPerSecond({ completion_tokens: 70, latency_ms: 1000, ttft_ms: 300 })).toBe(100)
  expect(tokensPerSecond({ completion_tokens: 70, latency_ms: 1000, ttft_ms: null })).toBeUndefined()
})

test('a period is held against the one before, or against the same weekdays', () => {
  const span = { from: '2026-11-16T00:00:00.000Z', to: '2026-11-18T00:00:00.000Z' }
  expect(previousOf(span, 'period').from).toBe('2026-11-14T00:00:00.000Z')
  expect(previousOf(span, 'week')).toEqual({
    from: '2026-11-09T00:00:00.000Z',
    to: '2026-11-11T00:00:00.000Z',
  })
  expect(previousOf(span, 'month').to).toBe('2026-10-21T00:00:00.000Z')
  const custom = { from: '2026-01-01T00:00:00.000Z', to: '2026-01-05T00:00:00.000Z' }
  expect(previousOf(span, 'custom', custom)).toEqual(custom)
  expect(previousOf(span, 'custom', { from: custom.from }).from).toBe('2026-11-14T00:00:00.000Z')
  expect(spanOf({}, Date.parse('2026-11-18T00:00:00Z')).from).toBe('2026-11-17T00:00:00.000Z')
})

test('an hour of the week leads to its one hour, where there is only one', () => {
  const hours = hoursOf({ from: '2026-11-16T00:00:00Z', to: '2026-11-23T00:00:00Z' }, 'Asia/Shanghai')
  expect(hours.size).toBe(168)
  expect(hours.get('1 9')).toEqual({ from: '2026-11-16T01:00:00.000Z', to: '2026-11-16T02:00:00.000Z' })
  expect(hoursOf({ from: '2026-11-01T00:00:00Z', to: '2026-11-23T00:00:00Z' }, 'UTC').size).toBe(0)
  // A week from 08:30 to 08:30 has two parts of that hour: no single link says both.
  const odd = hoursOf({ from: '2026-11-16T08:30:00Z', to: '2026-11-23T08:30:00Z' }, 'UTC')
  expect([odd.get('1 8'), odd.size]).toEqual([undefined, 167])
})

const budget: BudgetState = {
  dimension: 'team_id',
  id: 't',
  period: 'month',
  amount: 100,
  currency: 'USD',
  from: '2026-11-01T00:00:00Z',
  to: '2026-12-01T00:00:00Z',
  spent: 50,
  remaining: 50,
  used: 0.5,
  exhausted: false,
  pace: 0.1,
  forecast: 100,
  points: [{ at: '2026-11-10T00:00:00Z', spent: 30 }],
  requests_link: '/x',
}

test('a budget burns from its beginning to now, and on to its end', () => {
  const picture = burnDown(budget, Date.parse('2026-11-16T00:00:00Z'))
  expect(picture.spent[0]).toEqual({ x: 0, y: 0 })
  expect(picture.now).toBeCloseTo(0.5)
  expect(picture.spent.at(-1)?.y).toBeCloseTo(picture.limit / 2)
  expect(picture.forecast.at(-1)).toMatchObject({ x: 1, y: picture.limit })
  expect(burnDown({ ...budget, period: 'total', to: undefined, forecast: undefined }).forecast).toEqual([])
})

test('other prices are asked for once they are whole', () => {
  const form = {
    mode: 'rates' as const,
    prices_of: '',
    input: '3',
    output: '',
    cached_input: '',
    currency: 'USD',
    budget: '',
  }
  expect(askedPrices(form)).toBeUndefined()
  expect(askedPrices({ ...form, output: '15' })).toEqual({
    currency: 'USD',
    input: '3',
    output: '15',
    cached_input: undefined,
  })
  expect(askedPrices({ ...form, mode: 'model', prices_of: 'gpt', budget: '10' })).toEqual({
    prices_of: 'gpt',
    budget: '10',
    budget_currency: 'USD',
  })
  expect(askedPrices({ ...form, mode: 'billed' })).toBeUndefined()
  expect(askedPrices({ ...form, mode: 'billed', budget: 'much' })).toBeUndefined()
})

test('columns keep their order, and the time always stands', () => {
  expect(columnsOf(['cost', 'model', 'gone'], (key) => key).map(({ key }) => key)).toEqual([
    'at',
    'model',
    'cost',
  ])
})

test('of many series the largest stand, the rest is one', () => {
  const one = (key: string, value: number) => ({ key, name: key, color: '', points: [{ at: 'x', value }] })
  const top = topSeries(
    [one('a', 1), one('b', 5), one('c', 3), one('none', 0)],
    1,
    'rest',
    (index) => `#${index}`,
  )
  expect(top.map(({ key, name, points }) => [key, name, points[0]?.value])).toEqual([
    ['b', 'b', 5],
    [undefined, 'rest', 4],
  ])
})

test('a moment belongs to the interval that it is in', () => {
  const times = ['2026-11-16T00:00:00Z', '2026-11-16T01:00:00Z']
  expect(placeOf('2026-11-16T00:59:00Z', times)).toBe(0)
  expect(placeOf('2026-11-16T05:00:00Z', times)).toBe(1)
  expect(placeOf('2026-11-15T00:00:00Z', times)).toBe(-1)
})

test('a link of the API is a page of the console', () => {
  expect(fromRequestsLink('/api/admin/v1/usage/requests?model=gpt%204&from=2026-11-16T00:00:00Z')).toEqual({
    name: 'usage',
    query: { model: 'gpt 4', from: '2026-11-16T00:00:00Z' },
  })
  expect(fromRequestsLink(undefined)).toBeUndefined()
})

test('of 100,000 rows those in sight are drawn', () => {
  expect(visibleRows(100, 50, -1000, 800)).toEqual({ first: 0, last: 100 })
  const { first, last } = visibleRows(100_000, 50, -2_500_000, 800)
  expect([first, last]).toEqual([49_980, 50_036])
  expect(visibleRows(100_000, 50, 400, 800).first).toBe(0)
  const end = visibleRows(100_000, 50, -5_000_000, 800)
  expect(end.last).toBe(100_000)
  expect(end.first).toBeLessThan(100_000)
})

test('two states of an entity differ by the paths of their fields', () => {
  const before = {
    name: 'a',
    limits: { concurrency: 1 },
    deployments: [{ id: 'd1', weight: 1 }],
    tags: ['x'],
  }
  const after = {
    name: 'a',
    limits: { concurrency: 2 },
    deployments: [{ id: 'd1', weight: 3 }, { id: 'd2' }],
    tags: ['y'],
  }
  expect(differences(before, after)).toEqual([
    { field: 'limits.concurrency', before: 1, after: 2 },
    { field: 'deployments[d1].weight', before: 1, after: 3 },
    { field: 'deployments[d2]', before: undefined, after: { id: 'd2' } },
    { field: 'tags', before: ['x'], after: ['y'] },
  ])
  expect(differences(before, before)).toEqual([])
})
