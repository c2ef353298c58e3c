import { createI18n } from 'vue-i18n'

export const LOCALES = { en: 'English', 'zh-CN': '简体中文' } as const
interface Messages {
  [key: string]: string | Messages
}
export type AppLocale = keyof typeof LOCALES

/**
 * Messages are read from JSON and interpreted as syntax trees (vue-i18n 11 compiles no functions), so the strict
 * Content-Security-Policy holds. Each language is a chunk of its own.
 */
export const i18n = createI18n({
  legacy: false,
  locale: 'en' as string,
  fallbackLocale: false,
  missingWarn: import.meta.env.DEV,
  messages: {} as Record<string, Messages>,
})

const loaders: Record<AppLocale, () => Promise<{ default: Messages }>> = {
  en: () => import('./en'),
  'zh-CN': () => import('./zh-CN'),
}

export function preferredLocale(languages: readonly string[] = navigator.languages): AppLocale {
  for (const language of languages) {
    if (language.toLowerCase().startsWith('zh')) return 'zh-CN'
    if (language.toLowerCase().startsWith('en')) return 'en'
  }
  return 'en'
}

export async function setLocale(locale: AppLocale): Promise<void> {
  if (!i18n.global.availableLocales.includes(locale)) {
    i18n.global.setLocaleMessage(locale, (await loaders[locale]()).default)
  }
  i18n.global.locale.value = locale
  document.documentElement.lang = locale
}
