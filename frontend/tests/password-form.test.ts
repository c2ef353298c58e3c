import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import PasswordForm from '@/features/profile/components/PasswordForm.vue'
import { i18n, setLocale } from '@/locales'

beforeEach(() => setActivePinia(createPinia()))
afterEach(() => vi.unstubAllGlobals())

async function submitted() {
  const form = mount(PasswordForm, { global: { plugins: [i18n] } })
  for (const [name, value] of Object.entries({
    current: 'guess',
    new: 'long enough',
    again: 'long enough',
  })) {
    await form.get(`input[data-testid="password-${name}"]`).setValue(value)
  }
  await form.get('form').trigger('submit')
  await flushPromises()
  return form
}

test('the session goes on: the change ends only the others, whose list is looked up again', async () => {
  const sent: Request[] = []
  vi.stubGlobal('fetch', (request: Request) => {
    sent.push(request)
    return Promise.resolve(Response.json({ id: 'usr_1', version: 3 }))
  })
  const form = await submitted()
  await vi.waitFor(() => expect(form.emitted('changed')).toHaveLength(1))
  expect(sent.map(({ url }) => new URL(url).pathname)).toEqual(['/api/admin/v1/auth/password'])
})

test('a wrong current password is said at its field, in the language of the console', async () => {
  const errors = [{ field: 'current_password', message: 'is wrong' }]
  const problem = { type: 'about:blank', title: 'Bad Request', status: 400, request_id: 'req_1', errors }
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json(problem, { status: 400 })))
  await setLocale('zh-CN')
  const form = await submitted()
  expect(form.findAll('[role="alert"]').map((alert) => alert.text())).toEqual(['当前密码错误。'])
})
