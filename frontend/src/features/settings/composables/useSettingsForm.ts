import { reactive } from 'vue'
import type { Settings, SettingsEdit } from '../api'

const LIMITS = ['requests_per_minute', 'tokens_per_minute', 'concurrency'] as const
const NUMBERS = [
  'max_concurrent_requests',
  'max_attempts',
  'reserved_completion_tokens',
  'usage_retention_months',
] as const

/** Null or undefined: empty, so as each gateway was started. */
type Numbers<K extends string> = Record<K, number | null | undefined>
export type SettingsForm = Numbers<(typeof NUMBERS)[number]> &
  Numbers<(typeof LIMITS)[number]> & {
    response_cache: boolean
    journal_fsync_always: boolean | null | undefined
  }

/** The settings as a form, and what it sends: all of them, so that what was emptied is cleared. */
export function useSettingsForm() {
  const form = reactive<SettingsForm>(from({}))

  function reset(settings: Settings): void {
    Object.assign(form, from(settings))
  }

  function changes(): SettingsEdit {
    const limits = LIMITS.filter((limit) => form[limit] != null).map((limit) => [limit, form[limit]])
    const numbers = NUMBERS.map((name) => [name, form[name] ?? null])
    return {
      ...Object.fromEntries(numbers),
      response_cache: form.response_cache ? null : false,
      journal_fsync_always: form.journal_fsync_always ?? null,
      default_key_limits: limits.length > 0 ? Object.fromEntries(limits) : null,
    }
  }

  return { form, reset, changes }
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
