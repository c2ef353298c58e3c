import type { LiveTick } from '@/api/live'

type Deployment = LiveTick['gateways'][number]['deployments'][number]

export interface LiveNumbers {
  requestsPerSecond: number
  tokensPerSecond: number
  /** In the last minute. */
  failed: number
  requests: number
  inFlight: number
  gateways: number
  /** Gateways that do not serve as they should. */
  gatewaysUnwell: number
  deployments: number
  /** Deployments that a gateway keeps requests from, the worst state of each. */
  troubled: Deployment[]
}

/** Single seconds jump: rates are those of the last few. */
const SMOOTHED = 5
const MINUTE = 60
const WORST = ['open', 'half_open', 'cooling', 'closed'] as const

/** The tiles' numbers out of the last ticks, oldest first; nothing before the first one. */
export function liveNumbers(ticks: LiveTick[]): LiveNumbers | undefined {
  const now = ticks.at(-1)
  if (now === undefined) return undefined
  const lately = ticks.slice(-SMOOTHED)
  const minute = ticks.slice(-MINUTE)
  const worst = new Map<string, Deployment>()
  for (const deployment of now.gateways.flatMap(({ deployments }) => deployments)) {
    const known = worst.get(deployment.id)
    if (known === undefined || WORST.indexOf(deployment.state) < WORST.indexOf(known.state)) {
      worst.set(deployment.id, deployment)
    }
  }
  return {
    requestsPerSecond: mean(lately, ({ requests }) => requests),
    tokensPerSecond: mean(lately, ({ tokens }) => tokens),
    failed: sum(minute, ({ failed }) => failed),
    requests: sum(minute, ({ requests }) => requests),
    inFlight: now.in_flight,
    gateways: now.gateways.length,
    gatewaysUnwell: now.gateways.filter(({ status }) => status !== 'ok').length,
    deployments: worst.size,
    troubled: [...worst.values()].filter(({ state }) => state !== 'closed'),
  }
}

const sum = (ticks: LiveTick[], of: (tick: LiveTick) => number) =>
  ticks.reduce((all, tick) => all + of(tick), 0)
const mean = (ticks: LiveTick[], of: (tick: LiveTick) => number) => sum(ticks, of) / ticks.length
