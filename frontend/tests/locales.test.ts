import { join } from 'node:path'
import { expect, test } from 'vitest'
import { findings, messages, sources } from '../scripts/locales.mjs'
import { preferredLocale } from '@/locales'

const src = join(import.meta.dirname, '../src/')

test('both languages hold the same messages, and exactly those that the code names', () => {
  const languages = { en: messages(`${src}locales/en`), 'zh-CN': messages(`${src}locales/zh-CN`) }
  expect(languages.en.size).toBeGreaterThan(300)
  expect(findings(languages, sources(src))).toEqual([])
})

test('the check sees a missing, an unused, an unknown message and differing placeholders', () => {
  const languages = {
    en: new Map([
      ['a.one', 'x {n}'],
      ['a.two', 'y'],
      ['a.dead', 'z'],
      ['b.k1', 'k'],
    ]),
    'zh-CN': new Map([
      ['a.one', 'x'],
      ['a.dead', 'z'],
      ['b.k1', 'k'],
    ]),
  }
  const code = ["t('a.one') + t('a.two') + t('a.ghost') + t(`b.${x}`) + t(`a.no${x}`)"]
  expect(findings(languages, code).toSorted()).toEqual([
    "'a.dead' is not used",
    "'a.ghost' is used but has no message",
    "'a.no*' is used but no message fits",
    "'a.one': placeholders differ (n / )",
    "zh-CN: 'a.two' is missing",
  ])
})

test('the first language of the browser that we speak wins', () => {
  expect(preferredLocale(['fr-FR', 'zh-TW', 'en'])).toBe('zh-CN')
  expect(preferredLocale(['en-GB', 'zh'])).toBe('en')
  expect(preferredLocale(['fr'])).toBe('en')
})
