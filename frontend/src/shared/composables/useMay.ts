import { may, type Permission } from '@/shared/permissions'
import { useSession } from '@/stores/session'

/** Whether the person who is logged in may do something. */
export function useMay(): (permission: Permission) => boolean {
  const session = useSession()
  return (permission) => may(session.role, permission)
}
