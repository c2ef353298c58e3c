import type { BreakdownRow, Measure } from './api'

type Point = { requests: number; prompt_tokens: number; completion_tokens: number; cost: number }

export function ofPoint(point: Point, measure: Measure): number {
  if (measure === 'requests') return point.requests
  return measure === 'tokens' ? point.prompt_tokens + point.completion_tokens : point.cost
}

type Sums = Pick<BreakdownRow, 'requests' | 'total_tokens' | 'costs'>

export function ofSums(sums: Sums, measure: Measure, currency: string): number {
  if (measure === 'requests') return sums.requests
  return measure === 'tokens' ? sums.total_tokens : (sums.costs[currency] ?? 0)
}

/** The currency of most of the money; what nothing was billed in is dollars. */
export function mainCurrency(costs: Record<string, number> | undefined): string {
  const ranked = Object.entries(costs ?? {}).toSorted((one, other) => other[1] - one[1])
  return ranked[0]?.[0] ?? 'USD'
}

export function isMeasure(text: string): text is Measure {
  return text === 'requests' || text === 'tokens' || text === 'cost'
}
