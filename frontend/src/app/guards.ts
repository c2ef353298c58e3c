import type { RouteLocationNormalized, RouteLocationRaw } from 'vue-router'
import { useSession } from '@/stores/session'

/** A one-time link is open to everybody. Sends who is not logged in to the login page, and back to where they wanted to go afterwards. */
export function requireLogin(to: RouteLocationNormalized): RouteLocationRaw | true {
  if (to.name === 'invitation') return true
  const loggedIn = useSession().accessToken() !== undefined
  if (to.name === 'login') return loggedIn ? { name: 'dashboard' } : true
  if (loggedIn) return true
  return { name: 'login', query: to.fullPath === '/' ? {} : { next: to.fullPath } }
}
