import type { BudgetState } from './api'

export interface Burn {
  /** 0 to 1: how far into the period. */
  x: number
  /** 0 to 1 of the picture's height; 1 is its top. */
  y: number
}

export interface BurnDown {
  spent: Burn[]
  /** From now to the end of the period, or to when it is spent; absent for a total. */
  forecast: Burn[]
  /** Where the amount is. */
  limit: number
  now: number
}

/** A budget's course as points of a picture: what was spent, where it goes, and how much there is. */
export function burnDown(budget: BudgetState, now = Date.now()): BurnDown {
  const start = Date.parse(budget.from ?? budget.points[0]?.at ?? new Date(now).toISOString())
  const end = budget.to === undefined ? now : Date.parse(budget.to)
  const length = Math.max(1, end - start)
  const top = Math.max(budget.amount, budget.spent, budget.forecast ?? 0) * 1.08 || 1
  const x = (at: number) => Math.min(1, Math.max(0, (at - start) / length))
  const y = (amount: number) => amount / top
  // A total runs on from before the picture; what a period has, begins at nothing.
  const spent: Burn[] = budget.from === undefined || budget.period === 'total' ? [] : [{ x: 0, y: 0 }]
  for (const { at, spent: amount } of budget.points) {
    const moment = Math.min(now, Date.parse(at))
    if (moment >= start) spent.push({ x: x(moment), y: y(amount) })
  }
  const current = { x: x(now), y: y(budget.spent) }
  spent.push(current)
  const forecast =
    budget.forecast === undefined || budget.to === undefined ? [] : [current, { x: 1, y: y(budget.forecast) }]
  return { spent, forecast, limit: y(budget.amount), now: x(now) }
}
