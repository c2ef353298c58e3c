import { useMay } from '@/shared/composables/useMay'
import { useSession } from '@/stores/session'
import type { ApiKey } from '../api'

/** What the person who is logged in may do to a key. A manager is given only keys that they handle. */
export function useKeyRights() {
  const may = useMay()
  const session = useSession()
  const mayChange = (key: ApiKey) =>
    may('keys:write') &&
    (may('keys:write-for-others') || key.user_id === session.user?.id) &&
    key.status !== 'revoked'
  return { mayChange }
}

export const isFinal = ({ status }: ApiKey) => status === 'revoked' || status === 'expired'
