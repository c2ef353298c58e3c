import type { Schemas } from '@/api/client'

export type Tick = Schemas['LiveTick']
export type DeploymentState = Tick['gateways'][number]['deployments'][number]
export type Health = 'healthy' | 'degraded' | 'down' | 'quiet' | 'disabled'

/** Fewer requests than this say nothing about how a model does. */
const ENOUGH_REQUESTS = 10
const GOOD_SHARE = 0.95
const BAD_SHARE = 0.5

const RANK: Record<DeploymentState['state'], number> = { closed: 0, half_open: 1, cooling: 2, open: 3 }

/** Each deployment in its worst state of all gateways, with the requests that are under way at all of them. */
export function worstStates(tick: Tick | undefined): Map<string, DeploymentState> {
  const found = new Map<string, DeploymentState>()
  for (const one of tick?.gateways.flatMap(({ deployments }) => deployments) ?? []) {
    const other = found.get(one.id)
    const worse = other === undefined || RANK[one.state] > RANK[other.state] ? one : other
    found.set(one.id, { ...worse, in_flight: one.in_flight + (other?.in_flight ?? 0) })
  }
  return found
}

export interface Signs {
  status: Schemas['Status']
  /** Of its deployments, as far as the gateways tell; none: nothing is known. */
  states: DeploymentState['state'][]
  requests: number
  /** 0 to 1. */
  successRate: number | null
}

/** How something does that requests are sent to, in one word: what the gateways say first, then how requests ended. */
export function healthOf({ status, states, requests, successRate }: Signs): Health {
  if (status === 'disabled') return 'disabled'
  if (states.length > 0 && states.every((state) => state === 'open')) return 'down'
  const counts = requests >= ENOUGH_REQUESTS && successRate !== null
  if (counts && successRate < BAD_SHARE) return 'down'
  if (states.some((state) => state !== 'closed')) return 'degraded'
  if (counts && successRate < GOOD_SHARE) return 'degraded'
  // A handful says little, but not one that went well says enough to look.
  if (requests > 0 && successRate === 0) return 'degraded'
  return requests === 0 && states.length === 0 ? 'quiet' : 'healthy'
}
