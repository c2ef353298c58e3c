import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, expect, test, vi } from 'vitest'
import PasswordForm from '@/features/profile/components/PasswordForm.vue'
import { i18n, setLocale } from '@/locales'

afterEach(() => vi.unstubAllGlobals())

test('a wrong current password is said at its field, in the language of the console', async () => {
  const errors = [{ field: 'current_password', message: 'is wrong' }]
  const problem = { type: 'about:blank', title: 'Bad Request', status: 400, request_id: 'req_1', errors }
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json(problem, { status: 400 })))
  await setLocale('zh-CN')
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
  expect(form.findAll('[role="alert"]').map((alert) => alert.text())).toEqual(['当前密码错误。'])
})
