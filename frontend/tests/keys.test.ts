import { expect, test } from 'vitest'
import { ref, nextTick } from 'vue'
import type { ApiKey } from '@/features/api-keys/api'
import { useKeyForm } from '@/features/api-keys/composables/useKeyForm'
import { useKeySearch } from '@/features/api-keys/composables/useKeySearch'
import { chatPython } from '@/features/api-keys/snippets'
import { recogniseKey } from '@/shared/keys/recognise'

/** Made with the rule of contracts' ApiKeys: the last six characters are the checksum. */
const WHOLE = 'sk-4fT9aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789ABCD0XrDyM'

const key = (changes: Partial<ApiKey> = {}): ApiKey => ({
  id: 'key_1',
  version: 3,
  name: 'billing',
  prefix: 'sk-4fT9aBcDeFgH',
  kind: 'personal',
  status: 'active',
  created_at: '2026-11-01T00:00:00Z',
  updated_at: '2026-11-01T00:00:00Z',
  ...changes,
})

test('a whole key is told by its checksum, and only its public part is kept', () => {
  expect(recogniseKey(WHOLE)).toEqual({ prefix: 'sk-4fT9aBcDeFgH', what: 'whole' })
  expect(recogniseKey(`curl -H "Authorization: Bearer ${WHOLE}" x`)).toEqual({
    prefix: 'sk-4fT9aBcDeFgH',
    what: 'whole',
  })
  expect(recogniseKey(WHOLE.slice(0, -1) + 'Z')?.what).toBe('mistyped')
  expect(recogniseKey(WHOLE.slice(0, 30))).toEqual({ prefix: 'sk-4fT9aBcDeFgH', what: 'part' })
})

test('what holds nothing secret is no key: names, the visible part itself', () => {
  for (const text of ['billing', 'sk-4fT9', 'sk-4fT9aBcDeFgH', 'task-4fT9aBcDeFgHiJkLm', '']) {
    expect(recogniseKey(text), text).toBeUndefined()
  }
})

test('a key that is pasted into the search becomes its public part before anything sees it', async () => {
  const url = ref('')
  const seen: string[] = []
  const search = useKeySearch(url as never, (prefix) => seen.push(prefix))
  search.text.value = `key: ${WHOLE}`
  expect(search.text.value).toBe('sk-4fT9aBcDeFgH')
  expect(search.pasted.value?.what).toBe('whole')
  expect(seen).toEqual(['sk-4fT9aBcDeFgH'])
  // The box hands its own text back; that is not another search.
  search.text.value = 'sk-4fT9aBcDeFgH'
  expect(search.pasted.value?.what).toBe('whole')
  search.text.value = 'billing'
  await nextTick()
  expect(search.pasted.value).toBeUndefined()
  expect(JSON.stringify([url.value, seen])).not.toContain(WHOLE.slice(16))
})

test('an edit sends what was touched and nothing else', () => {
  const { form, reset, changes } = useKeyForm()
  const limits = { requests_per_minute: 60 }
  reset(key({ limits, allowed_models: ['a'], metadata: { tier: 'gold' }, allowed_ips: ['10.0.0.0/8'] }))
  expect(changes()).toEqual({})
  form.name = 'renamed'
  expect(changes()).toEqual({ name: 'renamed' })
  form.limits.requests_per_minute = null
  form.limits.concurrency = 5
  form.models = []
  form.addresses = '10.0.0.0/8, ::1\n'
  form.tags = []
  expect(changes()).toEqual({
    name: 'renamed',
    limits: { concurrency: 5 },
    allowed_models: null,
    allowed_ips: ['10.0.0.0/8', '::1'],
    metadata: null,
  })
})

test('the cache of a key is on, off, or as the model says', () => {
  const { form, reset, changes } = useKeyForm()
  reset(key({ cache: true }))
  expect(form.cache).toBe('on')
  form.cache = 'off'
  expect(changes()).toEqual({ cache: false })
  form.cache = ''
  expect(changes()).toEqual({ cache: null })
})

test('a key with half a tag or a budget without an amount is not sent', () => {
  const { form, isComplete } = useKeyForm()
  form.name = 'billing'
  form.tags = [{ name: 'team', value: '' }]
  expect(isComplete.value).toBe(false)
  form.tags = [{ name: '', value: '' }]
  expect(isComplete.value).toBe(true)
  form.budgets = [{ period: 'day', amount: null, currency: 'USD' }]
  expect(isComplete.value).toBe(false)
})

test('the Python call quotes what people have named', () => {
  const code = chatPython({
    origin: 'http://x',
    token: 'sk-1',
    request: { model: 'a "model"', messages: [{ role: 'user', content: 'hi' }] },
  })
  expect(code).toContain('model="a \\"model\\""')
  expect(code).toContain('base_url="http://x/v1"')
})
