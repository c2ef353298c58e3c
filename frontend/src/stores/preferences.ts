import { usePreferredDark, useStorage } from '@vueuse/core'
import { defineStore } from 'pinia'
import { computed, watchEffect } from 'vue'
import { useTimeZone } from '@/shared/time/zone'
import { type AppLocale, preferredLocale, setLocale } from '@/locales'

export type Theme = 'system' | 'light' | 'dark'

/** Language, theme and time zone: of this browser, not of the account. */
export const usePreferences = defineStore('preferences', () => {
  const theme = useStorage<Theme>('llm-platform.theme', 'system')
  const locale = useStorage<AppLocale>('llm-platform.locale', preferredLocale())
  const timeZone = useTimeZone()
  const prefersDark = usePreferredDark()
  const isDark = computed(() => (theme.value === 'system' ? prefersDark.value : theme.value === 'dark'))

  watchEffect(() => document.documentElement.classList.toggle('dark', isDark.value))

  async function useLocale(next: AppLocale): Promise<void> {
    await setLocale(next)
    locale.value = next
  }

  return { theme, locale, timeZone, isDark, useLocale }
})
