import { expect, test } from 'vitest'
import { useTeamForm } from '@/features/teams/composables/useTeamForm'
import { useUserForm } from '@/features/users/composables/useUserForm'
import { changesOf, isSame } from '@/shared/changes'
import { budgetProblem, limitsForm, limitsOf, nextBudget } from '@/shared/limits/limits'
import type { BudgetState } from '@/shared/spending/api'
import { burnDown, HEIGHT, WIDTH } from '@/shared/spending/burnDown'

const at = { created_at: '2026-11-01T00:00:00Z', updated_at: '2026-11-01T00:00:00Z' }

test('empty inputs are no limits', () => {
  expect(limitsOf(limitsForm(undefined))).toBeUndefined()
  expect(limitsOf({ ...limitsForm({ concurrency: 5 }), tokens_per_minute: 100 })).toEqual({
    concurrency: 5,
    tokens_per_minute: 100,
  })
})

test('budgets are refused here as the server would', () => {
  const budget = { period: 'day' as const, amount: 5, currency: 'USD' }
  expect(budgetProblem([budget, { ...budget, period: 'month' }])).toBeUndefined()
  expect(budgetProblem([budget, { ...budget, amount: 9 }])).toBe('twice')
  expect(budgetProblem([{ ...budget, amount: 0 }])).toBe('amount')
  expect(budgetProblem([{ ...budget, currency: 'US' }])).toBe('currency')
  expect(nextBudget([budget]).period).toBe('month')
})

test('what says the same is no change, in whatever order', () => {
  expect(isSame({ a: 1, b: [2] }, { b: [2], a: 1 })).toBe(true)
  expect(isSame(undefined, [])).toBe(true)
  expect(isSame(false, undefined)).toBe(false)
  expect(changesOf({ a: 1, b: 2, c: [] }, { a: 1, b: undefined, c: undefined })).toEqual({ b: null })
})

test('an edit of a team sends what was touched', () => {
  const { form, reset, changes, isComplete } = useTeamForm()
  const budgets = [{ period: 'month' as const, amount: 50, currency: 'USD' }]
  reset({
    id: 't',
    version: 1,
    name: 'Crew',
    managers: [],
    status: 'active',
    limits: { concurrency: 2 },
    budgets,
    ...at,
  })
  expect(changes()).toEqual({})
  form.budgets = []
  expect(changes()).toEqual({ budgets: null })
  form.name = ' '
  expect(isComplete.value).toBe(false)
})

test('a person is created with a password or invited without one, and edited by what was touched', () => {
  const { form, reset, creation, changes, isUsernameRight, isPasswordRight } = useUserForm()
  Object.assign(form, { username: 'ada', password: 'correct horse', team: 'team_1' })
  expect([isUsernameRight.value, isPasswordRight.value]).toEqual([true, true])
  expect(creation()).toMatchObject({
    username: 'ada',
    password: 'correct horse',
    role: 'member',
    team_id: 'team_1',
  })
  form.access = 'link'
  form.password = ''
  expect(isPasswordRight.value).toBe(true)
  expect(creation().password).toBeUndefined()

  reset({
    id: 'u',
    version: 1,
    username: 'ada',
    role: 'member',
    status: 'active',
    second_factor: false,
    team_id: 'team_1',
    ...at,
  })
  expect(changes()).toEqual({})
  form.team = ''
  form.email = 'ada@example.org'
  expect(changes()).toEqual({ team_id: null, email: 'ada@example.org' })
})

const state = (changes: Partial<BudgetState>): BudgetState => ({
  dimension: 'api_key_id',
  id: 'k',
  period: 'day',
  amount: 100,
  currency: 'USD',
  from: '2026-11-23T00:00:00Z',
  to: '2026-11-24T00:00:00Z',
  spent: 50,
  remaining: 50,
  used: 0.5,
  exhausted: false,
  pace: 4,
  points: [{ at: '2026-11-23T06:00:00Z', spent: 25 }],
  requests_link: '',
  ...changes,
})
const NOON = Date.parse('2026-11-23T12:00:00Z')

test('a budget burns down from the top left to now, and on at its pace', () => {
  const curve = burnDown(state({ forecast: 80 }), NOON)
  expect(curve.left).toBe(`M0 0L${WIDTH / 4} ${HEIGHT / 4}L${WIDTH / 2} ${HEIGHT / 2}`)
  expect(curve.forecast).toBe(`M${WIDTH / 2} ${HEIGHT / 2}L${WIDTH} ${Math.round(HEIGHT * 8) / 10}`)
  const gone = burnDown(state({ forecast: 150, exhausted_at: '2026-11-23T18:00:00Z' }), NOON)
  expect(gone.forecast).toBe(`M${WIDTH / 2} ${HEIGHT / 2}L${(WIDTH * 3) / 4} ${HEIGHT}`)
})

test('a budget that is used up stays at the bottom, and a total has no end to foresee', () => {
  const over = burnDown(state({ spent: 140, exhausted: true, forecast: 300 }), NOON)
  expect(over.forecast).toBe('')
  expect(over.left.endsWith(`L${WIDTH / 2} ${HEIGHT}`)).toBe(true)
  const total = burnDown(state({ period: 'total', to: undefined, from: '2025-01-01T00:00:00Z' }), NOON)
  expect(total.left.startsWith(`M0 ${HEIGHT / 4}`)).toBe(true)
  expect(total.forecast).toBe('')
})
