import type { UsageFilter } from './api'

export const DAY_MS = 86_400_000
export const AGAINST = ['period', 'week', 'month', 'custom'] as const
export type Against = (typeof AGAINST)[number]

export interface Span {
  from: string
  to: string
}

/** The two ends of what is asked for; an open one is now. */
export function spanOf(filter: UsageFilter, now = Date.now()): Span {
  const to = filter.to ?? new Date(now).toISOString()
  return { from: filter.from ?? new Date(Date.parse(to) - DAY_MS).toISOString(), to }
}

/**
 * What a period is held against: the one of the same length right before it, the same one 7 or 28 days before (so that
 * weekdays meet weekdays), or any other.
 */
export function previousOf(span: Span, against: Against, custom: Partial<Span> = {}): Span {
  const from = Date.parse(span.from)
  const to = Date.parse(span.to)
  if (against === 'custom' && custom.from !== undefined && custom.to !== undefined) {
    return { from: custom.from, to: custom.to }
  }
  const back = against === 'week' ? 7 * DAY_MS : against === 'month' ? 28 * DAY_MS : to - from
  return { from: new Date(from - back).toISOString(), to: new Date(to - back).toISOString() }
}
