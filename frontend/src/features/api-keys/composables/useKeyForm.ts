import { computed, reactive } from 'vue'
import type { ApiKey } from '../api'

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

/** The fields of the create and edit dialogs, and the instant that they mean. */
export function useKeyForm() {
  const form = reactive<KeyForm>(blank())
  let shown = blank()

  function reset(key?: ApiKey): void {
    Object.assign(form, blank())
    if (key !== undefined) fill(key)
    shown = { ...form }
  }

  function fill(key: ApiKey): void {
    form.name = key.name
    form.models = [...(key.allowed_models ?? [])]
    if (key.expires_at !== undefined) {
      form.expiry = 'custom'
      const at = new Date(key.expires_at)
      form.expiresOn = new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
    }
  }

  /** Undefined: the key never expires. */
  function expiresAt(now = Date.now()): string | undefined {
    if (form.expiry === 'never') return undefined
    if (form.expiry !== 'custom') return new Date(now + Number(form.expiry) * DAY_MS).toISOString()
    return form.expiresOn === '' ? undefined : new Date(form.expiresOn).toISOString()
  }

  /** For an edit; absent: untouched. The input has no seconds, so sending back what it shows would cut them. */
  function expiryChange(now = Date.now()): { expires_at?: string | null } {
    const untouched = form.expiry === shown.expiry && form.expiresOn === shown.expiresOn
    return untouched ? {} : { expires_at: expiresAt(now) ?? null }
  }

  /** For a new key. */
  function owner(): { user_id?: string; team_id?: string } {
    return form.kind === 'service' ? { team_id: form.team } : { user_id: form.owner || undefined }
  }

  const isComplete = computed(() => form.name.trim() !== '' && !isDateMissing(form) && !isTeamMissing(form))

  return { form, reset, owner, expiresAt, expiryChange, isComplete }
}

function blank(): KeyForm {
  return { name: '', kind: 'personal', owner: '', team: '', models: [], expiry: 'never', expiresOn: '' }
}
