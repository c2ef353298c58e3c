import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import PasswordForm from '@/features/profile/components/PasswordForm.vue'
import { i18n, setLocale } from '@/locales'
import { useSession } from '@/stores/session'

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

test('the session goes on with a new token, because the change ended the one before', async () => {
  const user = { id: 'usr_1', username: 'ada', role: 'member' as const }
  const login = { token_type: 'Bearer' as const, expires_in: 60, user }
  useSession().start({ ...login, access_token: 'old' })
  const sent: Request[] = []
  vi.stubGlobal('fetch', (request: Request) => {
    sent.push(request)
    const answer = request.url.endsWith('/auth/login')
      ? { ...login, access_token: 'new' }
      : { id: 'usr_1', version: 3 }
    return Promise.resolve(Response.json(answer))
  })
  await submitted()
  await vi.waitFor(() => expect(useSession().accessToken()).toBe('new'))
  expect(await sent[1]?.json()).toEqual({ username: 'ada', password: 'long enough' })
})

test('a wrong current password is said at its field, in the language of the console', async () => {
  const errors = [{ field: 'current_password', message: 'is wrong' }]
  const problem = { type: 'about:blank', title: 'Bad Request', status: 400, request_id: 'req_1', errors }
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json(problem, { status: 400 })))
  await setLocale('zh-CN')
  const form = await submitted()
  expect(form.findAll('[role="alert"]').map((alert) => alert.text())).toEqual(['当前密码错误。'])
})
