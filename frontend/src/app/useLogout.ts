import { useRouter } from 'vue-router'
import { forgetWrites } from '@/api/client'
import { logOut } from '@/api/session'
import { useWrite } from '@/shared/composables/useWrite'
import { useSession } from '@/stores/session'

/** With the platform away the session would go on: then it is said, and nothing else happens. */
export function useLogout(): () => Promise<void> {
  const session = useSession()
  const router = useRouter()
  const { write } = useWrite()
  return async () => {
    if ((await write(logOut)) === undefined && session.user !== undefined) return
    session.end()
    forgetWrites()
    await router.push({ name: 'login' })
  }
}
