import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { Schemas } from '@/api/client'
import { refreshSession } from '@/api/session'

export type CurrentUser = Schemas['CurrentUser']
export type Role = Schemas['Role']

interface Session {
  token: string
  /** Milliseconds since the epoch. */
  expiresAt: number
  user: CurrentUser
}

/** Says to every tab that there is a cookie worth trying, and by whom; a visitor is spared a refused call. No secret. */
export const HINT_KEY = 'llm-platform.session'
/** A token that has this long to live is not begun with. */
const MARGIN_MS = 20_000

/**
 * Who is logged in. The access token lives in this tab's memory only; a new one comes for the refresh token, which is in a
 * cookie that no script can read.
 */
export const useSession = defineStore('session', () => {
  const session = shallowRef<Session>()
  let refreshing: Promise<string | undefined> | undefined
  const user = computed(() => session.value?.user)
  const role = computed(() => session.value?.user.role)
  const isAdmin = computed(() => role.value === 'admin')

  function start(login: Schemas['LoginResponse']): void {
    session.value = {
      token: login.access_token,
      expiresAt: Date.now() + login.expires_in * 1000,
      user: login.user,
    }
    localStorage.setItem(HINT_KEY, login.user.id)
  }

  /** The provider of a single sign-on has sent this browser back: there is a cookie worth trying. */
  function expect(): void {
    if (localStorage.getItem(HINT_KEY) === null) localStorage.setItem(HINT_KEY, 'single-sign-on')
  }

  /** Fresh data of the same person. */
  function update(next: CurrentUser): void {
    if (session.value !== undefined) session.value = { ...session.value, user: next }
  }

  /** Here; other tabs see the hint go and end theirs. */
  function end(): void {
    session.value = undefined
    localStorage.removeItem(HINT_KEY)
  }

  /** A token in force: the one there is, or a new one. Nothing when nobody is logged in (any more). */
  function accessToken(): Promise<string | undefined> {
    const current = session.value
    if (current !== undefined && current.expiresAt - MARGIN_MS > Date.now())
      return Promise.resolve(current.token)
    return refresh()
  }

  /** Another token than the one that was refused. */
  function renewedToken(refused: string): Promise<string | undefined> {
    const current = session.value?.token
    return current !== undefined && current !== refused ? Promise.resolve(current) : refresh()
  }

  function refresh(): Promise<string | undefined> {
    refreshing ??= exchange().finally(() => (refreshing = undefined))
    return refreshing
  }

  async function exchange(): Promise<string | undefined> {
    if (localStorage.getItem(HINT_KEY) === null) return undefined
    const login = await refreshSession()
    if (login === undefined) {
      end()
      return undefined
    }
    // Somebody else has logged in in another tab: what this page shows belongs to the person before.
    const other = user.value !== undefined && user.value.id !== login.user.id
    start(login)
    if (other) globalThis.location.reload()
    return login.access_token
  }

  return { user, role, isAdmin, start, expect, update, end, accessToken, renewedToken }
})
