import { computed, reactive } from 'vue'
import { changesOf } from '@/shared/changes'
import {
  budgetProblem,
  type BudgetRow,
  budgetRows,
  budgetsOf,
  limitsForm,
  limitsOf,
} from '@/shared/limits/limits'
import type { Schemas } from '@/api/client'
import type { Team } from '../api'

/** The fields of a team, and what an edit of them must send. */
export function useTeamForm() {
  const form = reactive({ name: '', limits: limitsForm(undefined), budgets: [] as BudgetRow[] })
  let shown = fields()

  function reset(team?: Team): void {
    Object.assign(form, {
      name: team?.name ?? '',
      limits: limitsForm(team?.limits),
      budgets: budgetRows(team?.budgets),
    })
    shown = fields()
  }

  function fields() {
    return { name: form.name.trim(), limits: limitsOf(form.limits), budgets: budgetsOf(form.budgets) }
  }

  /** Only what was touched: a change that came from elsewhere meanwhile is not undone. */
  const changes = () => changesOf(shown, fields()) as Schemas['EditTeam']
  const isComplete = computed(() => form.name.trim() !== '' && budgetProblem(form.budgets) === undefined)

  return { form, reset, fields, changes, isComplete }
}
