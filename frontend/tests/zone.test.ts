import { expect, test } from 'vitest'
import { createFormats } from '@/shared/composables/useFormat'
import { fromLocalInput, isZone, toLocalInput } from '@/shared/time/zone'

test('an input speaks the time of the zone, both ways', () => {
  expect(toLocalInput('2026-11-23T12:00:30Z', 'Asia/Shanghai')).toBe('2026-11-23T20:00')
  expect(toLocalInput('2026-11-23T12:00:30Z', 'UTC', 19)).toBe('2026-11-23T12:00:30')
  expect(fromLocalInput('2026-11-23T20:00', 'Asia/Shanghai')).toBe('2026-11-23T12:00:00.000Z')
  expect(fromLocalInput('2026-11-23T20:00', '')).toBe(new Date('2026-11-23T20:00').toISOString())
  expect([toLocalInput('nonsense', ''), fromLocalInput('', 'UTC')]).toEqual(['', ''])
})

test('the clocks may change between midnight UTC and the time that is meant', () => {
  expect(fromLocalInput('2026-03-29T03:30', 'Europe/Berlin')).toBe('2026-03-29T01:30:00.000Z')
  expect(fromLocalInput('2026-03-29T01:30', 'Europe/Berlin')).toBe('2026-03-29T00:30:00.000Z')
  expect(fromLocalInput('2026-11-01T12:00', 'America/New_York')).toBe('2026-11-01T17:00:00.000Z')
})

test('times are told in the zone that was chosen', () => {
  const at = new Date('2026-11-23T20:30:00Z')
  expect(createFormats('en', 'UTC').time.format(at)).toBe('20:30')
  expect(createFormats('en', 'Asia/Shanghai').time.format(at)).toBe('04:30')
  expect([isZone('Asia/Shanghai'), isZone('Nowhere/Else')]).toEqual([true, false])
})
