import { expect, test } from 'vitest'
import { useCountdown } from '@/features/auth/composables/useCountdown'
import { device } from '@/features/profile/device'

test.each([
  ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox · Linux'],
  [
    'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0',
    'Edge · Windows',
  ],
  [
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.5 Safari/605.1.15',
    'Safari · macOS',
  ],
  ['curl/8.5.0', 'curl'],
  [undefined, undefined],
])('%s is %s', (userAgent, expected) => expect(device(userAgent)).toBe(expected))

test('a wait is told in minutes and seconds until it is over', () => {
  let now = 0
  const { text, start } = useCountdown(() => now)
  expect(text.value).toBe('')
  start(125)
  expect(text.value).toBe('2:05')
  now = 119_500
  start(1)
  expect(text.value).toBe('0:01')
})
