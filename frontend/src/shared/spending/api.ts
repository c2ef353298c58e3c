import { api, body, type Schemas } from '@/api/client'

export type BudgetState = Schemas['BudgetState']

/** Whose usage: exactly one of them. */
export interface Owner {
  user_id?: string
  team_id?: string
  api_key_id?: string
}

/** Of one thing itself; the answer has those of the keys of a person or team too. */
export async function budgetsOf(owner: Owner, signal: AbortSignal): Promise<BudgetState[]> {
  const { data } = await body(
    api.GET('/usage/budgets', { params: { query: { ...owner, limit: 500 } }, signal }),
  )
  const [dimension, id] = Object.entries(owner)[0] ?? []
  return data.filter((state) => state.dimension === dimension && state.id === id)
}
