import { computed, reactive } from 'vue'
import { changesOf } from '@/shared/changes'
import {
  budgetProblem,
  type BudgetRow,
  budgetRows,
  budgetsOf,
  limitsForm,
  type LimitsForm,
  limitsOf,
} from '@/shared/limits/limits'
import { fromLocalInput, toLocalInput, useTimeZone } from '@/shared/time/zone'
import type { ApiKey, Endpoint, KeyEdit } from '../api'

export const EXPIRIES = ['never', '7', '30', '90', 'custom'] as const
export type Expiry = (typeof EXPIRIES)[number]

export interface KeyForm {
  name: string
  /** Whose it will be: a person's, or a team's (a service key). */
  kind: 'personal' | 'service'
  owner: string
  team: string
  models: string[]
  expiry: Expiry
  /** As a `datetime-local` input has it. */
  expiresOn: string
  scopes: Endpoint[]
  /** One address or range a line. */
  addresses: string
  limits: LimitsForm
  budgets: BudgetRow[]
  cache: '' | 'on' | 'off'
  tags: { name: string; value: string }[]
}

const DAY_MS = 86_400_000

/** "On a date" without one must not become "never". */
export function isDateMissing({ expiry, expiresOn }: KeyForm): boolean {
  return expiry === 'custom' && expiresOn === ''
}

/** "For a team" without one must not become the person's own. */
export function isTeamMissing({ kind, team }: KeyForm): boolean {
  return kind === 'service' && team === ''
}

/** A tag has both, or it is not meant yet; the server says what else is wrong with one. */
export function isTagIncomplete({ tags }: KeyForm): boolean {
  return tags.some(({ name, value }) => (name.trim() === '') !== (value.trim() === ''))
}

/** The fields of the create and edit dialogs, and what they mean to the API. */
export function useKeyForm() {
  const zone = useTimeZone()
  const form = reactive<KeyForm>(blank())
  let shown = { expiry: form.expiry, expiresOn: form.expiresOn, fields: fields() }

  function reset(key?: ApiKey): void {
    Object.assign(form, blank())
    if (key !== undefined) fill(key)
    shown = { expiry: form.expiry, expiresOn: form.expiresOn, fields: fields() }
  }

  function fill(key: ApiKey): void {
    form.name = key.name
    form.models = [...(key.allowed_models ?? [])]
    form.scopes = [...((key.scopes ?? []) as Endpoint[])]
    form.addresses = (key.allowed_ips ?? []).join('\n')
    form.limits = limitsForm(key.limits)
    form.budgets = budgetRows(key.budgets)
    form.cache = key.cache === undefined ? '' : key.cache ? 'on' : 'off'
    form.tags = Object.entries(key.metadata ?? {}).map(([name, value]) => ({ name, value }))
    if (key.expires_at !== undefined) {
      form.expiry = 'custom'
      form.expiresOn = toLocalInput(key.expires_at, zone.value)
    }
  }

  /** Everything but owner and expiry; what is empty is absent. */
  function fields() {
    const addresses = form.addresses.split(/[\s,;]+/).filter((one) => one !== '')
    const tags = form.tags.filter(({ name }) => name.trim() !== '')
    return {
      name: form.name.trim(),
      allowed_models: some([...form.models]),
      scopes: some([...form.scopes]),
      allowed_ips: some(addresses),
      limits: limitsOf(form.limits),
      budgets: budgetsOf(form.budgets),
      cache: form.cache === '' ? undefined : form.cache === 'on',
      metadata:
        tags.length === 0
          ? undefined
          : Object.fromEntries(tags.map(({ name, value }) => [name.trim(), value.trim()])),
    }
  }

  /** Undefined: the key never expires. */
  function expiresAt(now = Date.now()): string | undefined {
    if (form.expiry === 'never') return undefined
    if (form.expiry !== 'custom') return new Date(now + Number(form.expiry) * DAY_MS).toISOString()
    return fromLocalInput(form.expiresOn, zone.value) || undefined
  }

  /** For an edit; absent: untouched. The input has no seconds, so sending back what it shows would cut them. */
  function expiryChange(now = Date.now()): { expires_at?: string | null } {
    const untouched = form.expiry === shown.expiry && form.expiresOn === shown.expiresOn
    return untouched ? {} : { expires_at: expiresAt(now) ?? null }
  }

  /**
   * What the person has changed, and nothing else: of a key that somebody else has restricted a member may send the name
   * only, and a change that came from elsewhere meanwhile is not undone.
   */
  function changes(): KeyEdit {
    return { ...changesOf(shown.fields, fields()), ...expiryChange() } as KeyEdit
  }

  /** For a new key. */
  function owner(): { user_id?: string; team_id?: string } {
    return form.kind === 'service' ? { team_id: form.team } : { user_id: form.owner || undefined }
  }

  const isComplete = computed(
    () =>
      form.name.trim() !== '' &&
      !isDateMissing(form) &&
      !isTeamMissing(form) &&
      !isTagIncomplete(form) &&
      budgetProblem(form.budgets) === undefined,
  )

  return { form, reset, fields, owner, expiresAt, expiryChange, changes, isComplete }
}

const some = <T>(list: T[]): T[] | undefined => (list.length === 0 ? undefined : list)

function blank(): KeyForm {
  return {
    name: '',
    kind: 'personal',
    owner: '',
    team: '',
    models: [],
    expiry: 'never',
    expiresOn: '',
    scopes: [],
    addresses: '',
    limits: limitsForm(undefined),
    budgets: [],
    cache: '',
    tags: [],
  }
}
