import type { Span } from './periods'

const HOUR_MS = 3_600_000
const WEEK_MS = 168 * HOUR_MS
const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

/**
 * The hours of a period by `weekday hour` of a time zone's clocks; none where it is longer than a week: a square then stands
 * for several hours, and no filter says "all Mondays at nine".
 */
export function hoursOf(period: Span, zone: string): Map<string, Span> {
  const from = Date.parse(period.from)
  const to = Date.parse(period.to)
  const found = new Map<string, Span>()
  if (to - from > WEEK_MS) return found
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    weekday: 'short',
    hour: 'numeric',
    hourCycle: 'h23',
  })
  const twice = new Set<string>()
  for (let at = Math.floor(from / HOUR_MS) * HOUR_MS; at < to; at += HOUR_MS) {
    const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]))
    const name = `${DAYS.indexOf(parts.weekday ?? '') + 1} ${Number(parts.hour)}`
    // The first and the last hour of a week that began in the middle of one, and the hour that clocks repeat in autumn.
    if (found.has(name)) twice.add(name)
    found.set(name, {
      from: new Date(Math.max(at, from)).toISOString(),
      to: new Date(Math.min(at + HOUR_MS, to)).toISOString(),
    })
  }
  for (const name of twice) found.delete(name)
  return found
}
