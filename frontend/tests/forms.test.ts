import { expect, test } from 'vitest'
import type { ApiKey } from '@/features/api-keys/api'
import { useKeyForm } from '@/features/api-keys/composables/useKeyForm'

const NOW = Date.parse('2026-11-22T12:00:00Z')

function key(changes: Partial<ApiKey>): ApiKey {
  return {
    id: 'key_1',
    name: 'billing',
    prefix: 'sk-abc',
    kind: 'personal',
    user_id: 'user_1',
    status: 'active',
    created_at: '2026-11-01T00:00:00Z',
    updated_at: '2026-11-01T00:00:00Z',
    version: 1,
    ...changes,
  }
}

test('a key that expires on a date needs the date', () => {
  const { form, isComplete, expiresAt } = useKeyForm()
  form.name = 'billing'
  expect(isComplete.value).toBe(true)
  form.expiry = 'custom'
  expect(isComplete.value).toBe(false)
  form.expiresOn = '2026-12-01T08:30'
  expect(isComplete.value).toBe(true)
  expect(expiresAt()).toBe(new Date('2026-12-01T08:30').toISOString())
})

test('a key for a team needs the team, and goes to nobody else', () => {
  const { form, isComplete, owner } = useKeyForm()
  Object.assign(form, { name: 'robot', owner: 'user_2' })
  expect(owner()).toEqual({ user_id: 'user_2' })
  form.kind = 'service'
  expect(isComplete.value).toBe(false)
  form.team = 'team_1'
  expect(isComplete.value).toBe(true)
  expect(owner()).toEqual({ team_id: 'team_1' })
})

test('an edit sends the expiry only when it was touched', () => {
  const { form, reset, expiryChange } = useKeyForm()
  reset(key({ expires_at: '2026-12-01T08:30:45Z' }))
  form.name = 'renamed'
  expect(expiryChange(NOW)).toEqual({})
  form.expiry = 'never'
  expect(expiryChange(NOW)).toEqual({ expires_at: null })
  form.expiry = '7'
  expect(expiryChange(NOW)).toEqual({ expires_at: '2026-11-29T12:00:00.000Z' })
  reset(key({}))
  expect(expiryChange(NOW)).toEqual({})
})
