import { expect, test } from 'vitest'
import { createFormats } from '@/shared/composables/useFormat'
import { chatCurl } from '@/shared/snippets'
import { intervalFrom, previous, startOf } from '@/shared/time/range'
import { diffLines } from '@/features/audit/diff'
import { generatePassword } from '@/shared/ui/password'

test('fractions of a cent keep two significant digits, whole money two decimals', () => {
  const { money, preciseMoney } = createFormats('en')
  expect(money(0, 'USD')).toBe('$0.00')
  expect(money(92.374119, 'USD')).toBe('$92.37')
  expect(money(0.00047123, 'USD')).toBe('$0.00047')
  expect(preciseMoney(0.012, 'USD')).toBe('$0.012000')
  expect(preciseMoney(0.00000028, 'USD')).toBe('$0.00000028')
})

test('times are relative to now, in the language', () => {
  const now = Date.UTC(2026, 10, 22, 12)
  expect(createFormats('en').relative(now - 150_000, now)).toBe('2 min. ago')
  expect(createFormats('zh-CN').relative(now - 7_200_000, now)).toBe('2小时前')
  expect(createFormats('en').relative(now, now)).toBe('now')
  expect(createFormats('en').relative(now + 9_000, now)).toBe('now')
  expect(createFormats('en').relative(now + 3_600_000, now)).toBe('in 1 hr.')
})

test('a bucket of a day keeps its date wherever the reader is', () => {
  const { utcDay, utcDayMonth } = createFormats('en')
  for (const at of [Date.UTC(2026, 10, 22), Date.UTC(2026, 10, 22, 23, 59)]) {
    expect(utcDay.format(at)).toBe('Nov 22, 2026')
    expect(utcDayMonth.format(at)).toBe('Nov 22')
  }
})

test('periods lie on whole minutes and join without a gap', () => {
  const now = Date.parse('2026-11-22T12:34:56.789Z')
  expect(startOf('24h', now)).toBe('2026-11-21T12:34:00.000Z')
  expect(previous('24h', now)).toEqual({ from: '2026-11-20T12:34:00.000Z', to: '2026-11-21T12:34:00.000Z' })
  expect(intervalFrom('2026-11-22T00:00:00Z', 'day')).toEqual({
    from: '2026-11-22T00:00:00.000Z',
    to: '2026-11-23T00:00:00.000Z',
  })
})

test('a quote in a message does not end the shell string', () => {
  const request = { model: 'm', messages: [{ role: 'user', content: "it's" }] }
  expect(chatCurl({ origin: 'http://x', token: 'sk-1', request })).toContain(String.raw`it'\''s`)
})

test('a diff shows nothing where there was nothing, and structure as JSON', () => {
  expect(
    diffLines([
      { field: 'name', after: 'x' },
      { field: 'price', before: { input: 1 }, after: null },
      { field: 'weight', before: 0, after: false },
    ]),
  ).toEqual([
    { field: 'name', before: undefined, after: 'x' },
    { field: 'price', before: '{\n  "input": 1\n}', after: undefined },
    { field: 'weight', before: '0', after: 'false' },
  ])
})

test('generated passwords are long, legible and not twice the same', () => {
  const made = new Set(Array.from({ length: 50 }, generatePassword))
  expect(made.size).toBe(50)
  for (const password of made) expect(password).toMatch(/^[A-HJ-NP-Za-km-z2-9]{20}$/)
})
