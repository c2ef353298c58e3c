const HOUR = 3_600_000

export const PRESETS = ['1h', '24h', '7d', '30d', '90d'] as const
export type Preset = (typeof PRESETS)[number]
export type Interval = 'minute' | 'hour' | 'day'

const LENGTH: Record<Preset, number> = {
  '1h': HOUR,
  '24h': 24 * HOUR,
  '7d': 168 * HOUR,
  '30d': 720 * HOUR,
  '90d': 2_160 * HOUR,
}
const INTERVAL: Record<Preset, Interval> = {
  '1h': 'minute',
  '24h': 'hour',
  '7d': 'hour',
  '30d': 'day',
  '90d': 'day',
}
const INTERVAL_MS: Record<Interval, number> = { minute: 60_000, hour: HOUR, day: 24 * HOUR }

export function isPreset(text: string): text is Preset {
  return (PRESETS as readonly string[]).includes(text)
}

export function intervalOf(preset: Preset): Interval {
  return INTERVAL[preset]
}

/** Start of the period that ends now, on a whole minute, so that repeated calls ask the same and tiles do not jitter. */
export function startOf(preset: Preset, now: number): string {
  return new Date(Math.floor((now - LENGTH[preset]) / 60_000) * 60_000).toISOString()
}

/** The period of the same length before it. */
export function previous(preset: Preset, now: number): { from: string; to: string } {
  const to = startOf(preset, now)
  return { from: new Date(Date.parse(to) - LENGTH[preset]).toISOString(), to }
}

/** The interval that begins at an instant. */
export function intervalFrom(at: string, interval: Interval): { from: string; to: string } {
  const start = Date.parse(at)
  return { from: new Date(start).toISOString(), to: new Date(start + INTERVAL_MS[interval]).toISOString() }
}

/** Steps that make a readable chart of a period: some dozens to a few hundred. */
export function intervalFor(from: string, to: string | undefined, now = Date.now()): Interval {
  const length = (to === undefined ? now : Date.parse(to)) - Date.parse(from)
  if (length <= 3 * HOUR) return 'minute'
  return length <= 10 * 24 * HOUR ? 'hour' : 'day'
}
