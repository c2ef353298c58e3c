import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { RouteLocationNormalized } from 'vue-router'
import { requireLogin } from '@/app/guards'
import { NAV } from '@/app/nav'
import { createConsoleRouter } from '@/app/router'
import { may } from '@/shared/permissions'
import { useSession } from '@/stores/session'

const login = (role: 'admin' | 'auditor' | 'manager' | 'member', expires_in = 60) => ({
  access_token: 'jwt',
  token_type: 'Bearer' as const,
  expires_in,
  user: { id: 'u1', username: 'ada', role },
  session_id: 'ses_1',
  refresh_expires_in: 600,
})
const to = (name: string, fullPath: string, query = {}) =>
  ({ name, fullPath, query }) as RouteLocationNormalized

const calls: Request[] = []
let refreshed: () => Response

beforeEach(() => {
  localStorage.clear()
  calls.length = 0
  refreshed = () => Response.json({ title: 'Unauthorized' }, { status: 401 })
  vi.stubGlobal('fetch', (request: Request) => {
    calls.push(request)
    return Promise.resolve(refreshed())
  })
  setActivePinia(createPinia())
})
afterEach(() => vi.unstubAllGlobals())

test('who is not logged in goes to the login page and comes back to where they wanted to go', async () => {
  expect(await requireLogin(to('audit', '/audit?q=x'))).toEqual({
    name: 'login',
    query: { next: '/audit?q=x' },
  })
  expect(await requireLogin(to('login', '/login'))).toBe(true)
  expect(await requireLogin(to('invitation', '/invitation#inv_x'))).toBe(true)
  expect(calls, 'nothing is asked for a visitor').toEqual([])
})

test('a reload goes on with the cookie; the token itself is stored nowhere', async () => {
  useSession().start(login('admin'))
  expect(JSON.stringify([localStorage, sessionStorage])).not.toContain('jwt')
  refreshed = () => Response.json({ ...login('admin'), access_token: 'second' })
  setActivePinia(createPinia())
  expect(await requireLogin(to('audit', '/audit'))).toBe(true)
  expect(calls.map((call) => new URL(call.url).pathname)).toEqual(['/api/admin/v1/auth/refresh'])
  expect(await useSession().accessToken()).toBe('second')
  expect(calls).toHaveLength(1)
})

test('who comes back from the single sign-on goes on with its cookie, to a page of our own', async () => {
  refreshed = () => Response.json(login('member'))
  expect(await requireLogin(to('login', '/login', { sso: 'done', next: '/usage?x=1' }))).toBe('/usage?x=1')
  expect(await requireLogin(to('login', '/login', { next: '//evil.example' }))).toBe('/')
})

test('a made-up return from the single sign-on logs nobody in', async () => {
  expect(await requireLogin(to('login', '/login', { sso: 'done' }))).toBe(true)
  expect(localStorage).toHaveLength(0)
})

test('calls at the same time wait for one new token', async () => {
  const session = useSession()
  session.start(login('admin', 1))
  refreshed = () => Response.json({ ...login('admin'), access_token: 'second' })
  expect(
    await Promise.all([session.accessToken(), session.accessToken(), session.renewedToken('jwt')]),
  ).toEqual(['second', 'second', 'second'])
  expect(calls).toHaveLength(1)
})

test('a session that has ended is not asked for again; with the platform away it is not given up', async () => {
  useSession().start(login('admin', 1))
  refreshed = () => Response.json({ title: 'away' }, { status: 503 })
  expect(await requireLogin(to('audit', '/audit'))).toBe(true)
  refreshed = () => Response.json({ title: 'Unauthorized' }, { status: 401 })
  expect(await requireLogin(to('audit', '/audit'))).toHaveProperty('name', 'login')
  expect(useSession().user).toBeUndefined()
  expect(await useSession().accessToken()).toBeUndefined()
  expect(calls).toHaveLength(2)
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
    'prices',
    'providers',
    'users',
    'teams',
    'settings',
    'audit',
    'health',
    'logs',
    'projections',
  ])
  expect(visible('manager')).toEqual([
    'dashboard',
    'usage',
    'playground',
    'api-keys',
    'models',
    'prices',
    'users',
    'teams',
  ])
  expect(visible('member')).toEqual(['dashboard', 'usage', 'playground', 'api-keys', 'models', 'prices'])
  // Resolved, since a page inside of an area takes what the area needs.
  const router = createConsoleRouter()
  for (const { name, needs } of items) expect(router.resolve({ name }).meta.needs, name).toBe(needs)
})
