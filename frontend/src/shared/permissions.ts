import type { Schemas } from '@/api/client'

type Role = Schemas['Role']

/**
 * Who sees what in the console. The services decide; this only keeps away what they would refuse. An auditor reads
 * everything and changes nothing, so neither keys nor completions (which cost money) are theirs to make. A manager is
 * given the people and keys of their teams only.
 */
const PERMISSIONS = {
  'playground:use': ['admin', 'manager', 'member'],
  'keys:write': ['admin', 'manager', 'member'],
  'keys:write-for-others': ['admin', 'manager'],
  'people:read': ['admin', 'auditor', 'manager'],
  'people:write': ['admin'],
  'bulk:import': ['admin'],
  'bulk:export': ['admin', 'auditor'],
  'providers:read': ['admin', 'auditor'],
  'models:write': ['admin'],
  'settings:read': ['admin', 'auditor'],
  'settings:write': ['admin'],
  'audit:read': ['admin', 'auditor'],
  'system:read': ['admin', 'auditor'],
  'projections:read': ['admin', 'auditor'],
  'projections:write': ['admin'],
} as const satisfies Record<string, readonly Role[]>

export type Permission = keyof typeof PERMISSIONS

export function may(role: Role | undefined, permission: Permission): boolean {
  return role !== undefined && (PERMISSIONS[permission] as readonly Role[]).includes(role)
}
