import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test } from 'vitest'
import type { RouteLocationNormalized } from 'vue-router'
import { requireLogin } from '@/app/guards'
import { NAV } from '@/app/nav'
import { routes } from '@/app/router'
import { may } from '@/shared/permissions'
import { useSession } from '@/stores/session'

const login = (role: 'admin' | 'auditor' | 'manager' | 'member', expires_in = 60) => ({
  access_token: 'jwt',
  token_type: 'Bearer' as const,
  expires_in,
  user: { id: 'u1', username: 'ada', role },
})
const to = (name: string, fullPath: string) => ({ name, fullPath }) as RouteLocationNormalized

beforeEach(() => {
  sessionStorage.clear()
  setActivePinia(createPinia())
})

test('who is not logged in goes to the login page and comes back to where they wanted to go', () => {
  expect(requireLogin(to('audit', '/audit?q=x'))).toEqual({ name: 'login', query: { next: '/audit?q=x' } })
  expect(requireLogin(to('login', '/login'))).toBe(true)
  expect(requireLogin(to('invitation', '/invitation#inv_x'))).toBe(true)
})

test('a session survives a reload of the page, until it expires or ends', () => {
  useSession().start(login('admin'))
  setActivePinia(createPinia())
  expect(useSession().accessToken()).toBe('jwt')
  expect(requireLogin(to('audit', '/audit'))).toBe(true)
  useSession().end()
  setActivePinia(createPinia())
  expect(useSession().accessToken()).toBeUndefined()
  useSession().start(login('admin', -1))
  expect(useSession().accessToken()).toBeUndefined()
})

test('each role sees its own pages, and the menu and the routes agree', () => {
  const items = NAV.flatMap((group) => group.items)
  const visible = (role: 'admin' | 'auditor' | 'manager' | 'member') =>
    items.filter(({ needs }) => needs === undefined || may(role, needs)).map(({ name }) => name)
  expect(visible('admin')).toHaveLength(items.length)
  expect(visible('auditor')).toEqual([
    'dashboard',
    'usage',
    'api-keys',
    'models',
    'providers',
    'users',
    'audit',
  ])
  expect(visible('manager')).toEqual(['dashboard', 'usage', 'playground', 'api-keys', 'models', 'users'])
  expect(visible('member')).toEqual(['dashboard', 'usage', 'playground', 'api-keys', 'models'])
  for (const { name, needs } of items)
    expect(routes.find((route) => route.name === name)?.meta?.needs, name).toBe(needs)
})
