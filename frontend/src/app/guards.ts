import type { RouteLocationNormalized, RouteLocationRaw } from 'vue-router'
import { nextPath } from '@/shared/next'
import { useSession } from '@/stores/session'

/** A one-time link is open to everybody. Sends who is not logged in to the login page, and back to where they wanted to go afterwards. */
export async function requireLogin(to: RouteLocationNormalized): Promise<RouteLocationRaw | true> {
  if (to.name === 'invitation') return true
  if (to.name === 'login' && to.query.sso === 'done') useSession().expect()
  const loggedIn = await isLoggedIn()
  if (to.name === 'login') return loggedIn ? nextPath(to.query.next) : true
  if (loggedIn) return true
  return { name: 'login', query: to.fullPath === '/' ? {} : { next: to.fullPath } }
}

/** With the platform away nobody is thrown out: who was known before stays, and the page says what is wrong. */
async function isLoggedIn(): Promise<boolean> {
  const session = useSession()
  try {
    return (await session.accessToken()) !== undefined
  } catch {
    return session.user !== undefined
  }
}
