import type { AuditEvent } from './api'

export interface DiffLine {
  field: string
  before: string | undefined
  after: string | undefined
}

type Change = AuditEvent['changes'][number]

/** The changes as text lines, one per field; nothing on a side where there was nothing. */
export function diffLines(changes: Change[]): DiffLine[] {
  return changes.map((change) => ({
    field: change.field,
    before: asText(change.before),
    after: asText(change.after),
  }))
}

function asText(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined
  return typeof value === 'string' ? value : JSON.stringify(value, undefined, 2)
}
