import { computed, reactive, shallowRef } from 'vue'
import type { Settings, SettingsEdit } from '../api'

export const NUMBERS = [
  { key: 'max_concurrent_requests', section: 'gateway', least: 1, most: 1_000_000 },
  { key: 'max_attempts', section: 'gateway', least: 1, most: 10 },
  { key: 'reserved_completion_tokens', section: 'gateway', least: 0, most: 10_000_000 },
  { key: 'requests_per_minute', section: 'limits', least: 1, most: 1_000_000_000 },
  { key: 'tokens_per_minute', section: 'limits', least: 1, most: 1_000_000_000 },
  { key: 'concurrency', section: 'limits', least: 1, most: 1_000_000 },
  { key: 'usage_retention_months', section: 'records', least: 1, most: 240 },
] as const
const LIMITS = ['requests_per_minute', 'tokens_per_minute', 'concurrency'] as const

export type NumberKey = (typeof NUMBERS)[number]['key']
export type SettingKey = NumberKey | 'response_cache' | 'journal_fsync_always'

/** Null or undefined: empty, so as each gateway was started. */
export type SettingsForm = Record<NumberKey, number | null | undefined> & {
  response_cache: boolean
  journal_fsync_always: boolean | null | undefined
}

/** The settings as a form, what of it is another than on the platform, and what that sends: nothing else. */
export function useSettingsForm() {
  const form = reactive<SettingsForm>(from({}))
  const saved = shallowRef<SettingsForm>(from({}))

  function reset(settings: Settings): void {
    saved.value = from(settings)
    Object.assign(form, saved.value)
  }

  function undo(key?: SettingKey): void {
    Object.assign(form, key === undefined ? saved.value : { [key]: saved.value[key] })
  }

  const isChanged = (key: SettingKey) => (form[key] ?? undefined) !== (saved.value[key] ?? undefined)
  const changed = computed(() => (Object.keys(saved.value) as SettingKey[]).filter(isChanged))

  /** Numbers that the server would refuse. */
  const wrong = computed(() =>
    NUMBERS.filter(({ key, least, most }) => {
      const value = form[key]
      return value != null && (!Number.isInteger(value) || value < least || value > most)
    }).map(({ key }) => key),
  )

  function changes(): SettingsEdit {
    const given = LIMITS.filter((limit) => form[limit] != null).map((limit) => [limit, form[limit]])
    const all: Required<SettingsEdit> = {
      max_concurrent_requests: form.max_concurrent_requests ?? null,
      max_attempts: form.max_attempts ?? null,
      reserved_completion_tokens: form.reserved_completion_tokens ?? null,
      usage_retention_months: form.usage_retention_months ?? null,
      response_cache: form.response_cache ? null : false,
      journal_fsync_always: form.journal_fsync_always ?? null,
      default_key_limits: given.length > 0 ? Object.fromEntries(given) : null,
    }
    // The limits of keys are one setting with three parts.
    const names = new Set<string>(
      changed.value.map((key) => ((LIMITS as readonly string[]).includes(key) ? 'default_key_limits' : key)),
    )
    return Object.fromEntries(Object.entries(all).filter(([name]) => names.has(name))) as SettingsEdit
  }

  return { form, reset, undo, isChanged, changed, wrong, changes }
}

function from(settings: Settings): SettingsForm {
  const { default_key_limits: limits } = settings
  return {
    max_concurrent_requests: settings.max_concurrent_requests,
    max_attempts: settings.max_attempts,
    reserved_completion_tokens: settings.reserved_completion_tokens,
    requests_per_minute: limits?.requests_per_minute,
    tokens_per_minute: limits?.tokens_per_minute,
    concurrency: limits?.concurrency,
    response_cache: settings.response_cache !== false,
    journal_fsync_always: settings.journal_fsync_always,
    usage_retention_months: settings.usage_retention_months,
  }
}
