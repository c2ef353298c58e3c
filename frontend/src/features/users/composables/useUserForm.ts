import { computed, reactive } from 'vue'
import type { Schemas } from '@/api/client'
import { changesOf } from '@/shared/changes'
import {
  budgetProblem,
  type BudgetRow,
  budgetRows,
  budgetsOf,
  limitsForm,
  limitsOf,
} from '@/shared/limits/limits'
import type { Role, User } from '../api'

const USERNAME = /^[A-Za-z0-9][A-Za-z0-9._@-]{1,63}$/
const MIN_PASSWORD = 8

/** The fields of a person's account, and what creation and edit must send. */
export function useUserForm() {
  const form = reactive(blank())
  let shown = fields()

  function reset(user?: User): void {
    Object.assign(form, blank())
    if (user !== undefined) {
      const { username, display_name = '', email = '', role, team_id: team = '' } = user
      const amounts = { limits: limitsForm(user.limits), budgets: budgetRows(user.budgets) }
      Object.assign(form, { username, display_name, email, role, team, ...amounts })
    }
    shown = fields()
  }

  function fields() {
    return {
      role: form.role,
      display_name: form.display_name.trim() || undefined,
      email: form.email.trim() || undefined,
      team_id: form.team || undefined,
      limits: limitsOf(form.limits),
      budgets: budgetsOf(form.budgets),
    }
  }

  /** Without a password the person is invited. */
  function creation(): Schemas['CreateUser'] {
    return { ...fields(), username: form.username, password: needsPassword.value ? form.password : undefined }
  }

  /** Only what was touched: a change that came from elsewhere meanwhile is not undone. */
  const changes = () => changesOf(shown, fields()) as Schemas['EditUser']

  const needsPassword = computed(() => form.access === 'password')
  const isUsernameRight = computed(() => USERNAME.test(form.username))
  const isPasswordRight = computed(() => !needsPassword.value || form.password.length >= MIN_PASSWORD)
  const areBudgetsRight = computed(() => budgetProblem(form.budgets) === undefined)

  return {
    form,
    reset,
    fields,
    creation,
    changes,
    needsPassword,
    isUsernameRight,
    isPasswordRight,
    areBudgetsRight,
  }
}

function blank() {
  return {
    username: '',
    access: 'password' as 'password' | 'link',
    password: '',
    display_name: '',
    email: '',
    role: 'member' as Role,
    team: '',
    limits: limitsForm(undefined),
    budgets: [] as BudgetRow[],
  }
}
