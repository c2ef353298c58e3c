import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { configureClient } from '@/api/client'
import { followLive, type LiveState, type LiveTick } from '@/api/live'
import { serverEvents } from '@/api/sse'
import { liveNumbers } from '@/features/dashboard/live'

const encoder = new TextEncoder()
const calls: Request[] = []
let answers: (() => Response)[] = []

beforeEach(() => {
  calls.length = 0
  configureClient({
    accessToken: async () => 'token-1',
    renewedToken: async () => undefined,
    onUnauthorized: () => {},
  })
  vi.stubGlobal('fetch', (request: Request) => {
    calls.push(request)
    const give = answers.shift()
    return give === undefined ? new Promise(() => {}) : Promise.resolve().then(() => give())
  })
})
afterEach(() => vi.unstubAllGlobals())

function tick(requests: number, more: Partial<LiveTick> = {}): LiveTick {
  return {
    at: '2026-11-23T12:00:00Z',
    requests,
    failed: 0,
    tokens: 0,
    costs: {},
    models: {},
    in_flight: 0,
    gateways: [],
    ...more,
  }
}
const event = (id: number, requests: number) =>
  `id: ${id}\nevent: tick\ndata: ${JSON.stringify(tick(requests))}\n\n`
const stream = (text: string) => () =>
  new Response(text, { headers: { 'content-type': 'text/event-stream' } })

/** Listens until `enough` says so; waits between connections are told, not waited. */
async function listen(enough: (ticks: LiveTick[], waits: number[]) => boolean) {
  const ticks: LiveTick[] = []
  const states: LiveState[] = []
  const waits: number[] = []
  const stop = new AbortController()
  await followLive(
    { tick: (one) => ticks.push(one), audit: () => {}, state: (next) => states.push(next) },
    stop.signal,
    (ms) => {
      waits.push(ms)
      if (enough(ticks, waits)) stop.abort()
      return Promise.resolve()
    },
  )
  return { ticks, states, waits }
}

test('events carry their names and ids', async () => {
  const found = []
  const body = new Blob([encoder.encode('id: 7\nevent: tick\ndata: {}\n\ndata: plain\n\n')]).stream()
  for await (const one of serverEvents(body)) found.push(one)
  expect(found).toEqual([
    { id: '7', event: 'tick', data: '{}' },
    { id: '7', event: 'message', data: 'plain' },
  ])
})

test('a stream that ends is opened again after the event that was seen last', async () => {
  answers = [stream(event(41, 1) + event(42, 2)), stream(event(43, 3))]
  const { ticks } = await listen((_, waits) => waits.length === 2)
  expect(ticks.map(({ requests }) => requests)).toEqual([1, 2, 3])
  expect(calls.map((call) => call.headers.get('Last-Event-ID'))).toEqual(['0', '42'])
  expect(calls[0]?.headers.get('Authorization')).toBe('Bearer token-1')
})

test('waits grow while nothing answers, and are short again after an event', async () => {
  const away = () => new Response('{}', { status: 503 })
  answers = [away, away, away, stream(event(1, 1)), away]
  const { waits } = await listen((_, so) => so.length === 5)
  expect(waits[1]).toBeGreaterThan(waits[0] ?? 0)
  expect(waits[2]).toBeGreaterThan(waits[1] ?? 0)
  expect(waits[3]).toBeLessThan(waits[0] ?? 0)
})

test('who may not look is not asked again', async () => {
  answers = [() => new Response('{}', { status: 403 })]
  const { states } = await listen(() => true)
  expect(states.at(-1)).toBe('closed')
  expect(calls).toHaveLength(1)
})

test('an id that the server does not know is let go', async () => {
  answers = [() => new Response('{}', { status: 400 }), stream(event(5, 1))]
  await listen((ticks) => ticks.length === 1)
  expect(calls.map((call) => call.headers.get('Last-Event-ID'))).toEqual(['0', null])
})

test('rates are those of the last seconds, failures those of a minute, deployments the worst that a gateway says', () => {
  const deployment = (id: string, state: 'closed' | 'open' | 'cooling') => ({
    id,
    model: `model-${id}`,
    provider_id: 'p',
    state,
    in_flight: 0,
  })
  const gateway = (name: string, deployments: ReturnType<typeof deployment>[]) => ({
    gateway: name,
    at: '',
    status: 'ok' as const,
    in_flight: 0,
    journal_depth: 0,
    deployments,
  })
  const ticks = [
    tick(100, { failed: 3 }),
    ...Array.from({ length: 5 }, () => tick(2)),
    tick(2, {
      in_flight: 4,
      gateways: [
        gateway('one', [deployment('a', 'closed'), deployment('b', 'cooling')]),
        gateway('two', [deployment('a', 'closed'), deployment('b', 'open')]),
      ],
    }),
  ]
  const now = liveNumbers(ticks)
  expect(now?.requestsPerSecond).toBe(2)
  expect(now?.failed).toBe(3)
  expect(now?.inFlight).toBe(4)
  expect([now?.deployments, now?.troubled.map(({ id, state }) => `${id} ${state}`)]).toEqual([2, ['b open']])
  expect(liveNumbers([])).toBeUndefined()
})
