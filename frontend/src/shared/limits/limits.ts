import type { Schemas } from '@/api/client'

export type Limits = Schemas['Limits']
export type Budget = Schemas['Budget']

export const LIMITS = ['requests_per_minute', 'tokens_per_minute', 'concurrency'] as const
export const PERIODS = ['day', 'month', 'total'] as const

/** As inputs have them: null is an empty one. */
export type LimitsForm = Record<(typeof LIMITS)[number], number | null>

export interface BudgetRow {
  period: Budget['period']
  amount: number | null
  currency: string
}

export function limitsForm(limits: Limits | undefined): LimitsForm {
  return {
    requests_per_minute: limits?.requests_per_minute ?? null,
    tokens_per_minute: limits?.tokens_per_minute ?? null,
    concurrency: limits?.concurrency ?? null,
  }
}

/** Undefined: nothing is limited. */
export function limitsOf(form: LimitsForm): Limits | undefined {
  const set = LIMITS.filter((name) => form[name] != null)
  return set.length === 0 ? undefined : Object.fromEntries(set.map((name) => [name, form[name]]))
}

export function budgetRows(budgets: Budget[] | undefined): BudgetRow[] {
  return (budgets ?? []).map((budget) => ({ ...budget }))
}

/** Undefined: no budget. */
export function budgetsOf(rows: BudgetRow[]): Budget[] | undefined {
  return rows.length === 0
    ? undefined
    : rows.map(({ period, amount, currency }) => ({ period, amount: amount ?? 0, currency }))
}

/** What is wrong with the rows, as the server would say it later. */
export function budgetProblem(rows: BudgetRow[]): 'amount' | 'currency' | 'twice' | undefined {
  if (rows.some(({ amount }) => amount == null || amount <= 0)) return 'amount'
  if (rows.some(({ currency }) => !/^[A-Z]{3}$/.test(currency))) return 'currency'
  const kinds = rows.map(({ period, currency }) => `${period} ${currency}`)
  return new Set(kinds).size < kinds.length ? 'twice' : undefined
}

/** The one that is still missing, so that a new row is not refused for being there twice. */
export function nextBudget(rows: BudgetRow[]): BudgetRow {
  const free = PERIODS.find((period) => !rows.some((row) => row.period === period && row.currency === 'USD'))
  return { period: free ?? 'month', amount: null, currency: 'USD' }
}
