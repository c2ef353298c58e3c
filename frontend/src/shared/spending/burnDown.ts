import type { BudgetState } from './api'

export const WIDTH = 600
export const HEIGHT = 96

export interface BurnDownPaths {
  /** What is left, from the whole amount downwards; below nothing it stays at the bottom. */
  left: string
  area: string
  /** From now on at the pace of late; empty where there is no end, or nothing left to spend. */
  forecast: string
  /** Across, where now is. */
  now: number
}

/** The curve of a budget in a box of WIDTH × HEIGHT. */
export function burnDown(state: BudgetState, at: number): BurnDownPaths {
  const { amount, to, spent, points } = state
  const start = Date.parse(startOf(state) ?? new Date(at).toISOString())
  const end = to === undefined ? at : Date.parse(to)
  const x = (time: number) => round(share((time - start) / Math.max(1, end - start)) * WIDTH)
  const y = (used: number) => round(share(used / amount) * HEIGHT)
  const now = x(at)
  const line = [
    // A total was not begun with the curve: what was spent before is gone already.
    [0, to === undefined ? y(points[0]?.spent ?? 0) : 0],
    ...points.map((point) => [x(Date.parse(point.at)), y(point.spent)]),
    [now, y(spent)],
  ] as [number, number][]
  const left = line.map(([across, down], index) => `${index === 0 ? 'M' : 'L'}${across} ${down}`).join('')
  return {
    left,
    area: `${left}L${now} ${HEIGHT}L0 ${HEIGHT}Z`,
    forecast: forecastPath(state, now, x, y),
    now,
  }
}

function startOf({ from, to, points }: BudgetState): string | undefined {
  return to === undefined ? points[0]?.at : from
}

function forecastPath(
  { amount, spent, forecast, exhausted_at: exhaustedAt }: BudgetState,
  now: number,
  x: (time: number) => number,
  y: (used: number) => number,
): string {
  if (forecast === undefined || spent >= amount) return ''
  const begin = `M${now} ${y(spent)}`
  return exhaustedAt === undefined
    ? `${begin}L${WIDTH} ${y(forecast)}`
    : `${begin}L${x(Date.parse(exhaustedAt))} ${HEIGHT}`
}

const share = (value: number) => Math.min(1, Math.max(0, value))
const round = (value: number) => Math.round(value * 10) / 10
