import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { Schemas } from '@/api/client'

export type CurrentUser = Schemas['CurrentUser']
export type Role = Schemas['Role']

interface Session {
  token: string
  /** Milliseconds since the epoch. */
  expiresAt: number
  user: CurrentUser
}

const STORAGE_KEY = 'llm-platform.session'

/**
 * Who is logged in. The access token lies in sessionStorage so that a reload of the page does not log out; there is no
 * refresh token yet. Issues D and F replace this by a refresh token in an httpOnly cookie and an access token that
 * lives in memory only; nothing outside this file knows where the token is kept.
 */
export const useSession = defineStore('session', () => {
  const session = shallowRef<Session | undefined>(restore())
  const user = computed(() => session.value?.user)
  const role = computed(() => session.value?.user.role)
  const isAdmin = computed(() => role.value === 'admin')

  function start(login: Schemas['LoginResponse']): void {
    store({
      token: login.access_token,
      expiresAt: Date.now() + login.expires_in * 1000,
      user: login.user,
    })
  }

  /** Fresh data of the same person. */
  function update(next: CurrentUser): void {
    if (session.value !== undefined) store({ ...session.value, user: next })
  }

  function end(): void {
    session.value = undefined
    sessionStorage.removeItem(STORAGE_KEY)
  }

  function accessToken(): string | undefined {
    return isLive(session.value) ? session.value.token : undefined
  }

  function store(next: Session): void {
    session.value = next
    sessionStorage.setItem(STORAGE_KEY, JSON.stringify(next))
  }

  return { user, role, isAdmin, start, update, end, accessToken }
})

function isLive(session: Session | undefined): session is Session {
  return session !== undefined && session.expiresAt > Date.now()
}

function restore(): Session | undefined {
  try {
    const stored = JSON.parse(sessionStorage.getItem(STORAGE_KEY) ?? 'null') as Session | null
    return stored !== null && isLive(stored) ? stored : undefined
  } catch {
    return undefined
  }
}
