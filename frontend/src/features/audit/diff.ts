export interface DiffLine {
  field: string
  before: string | undefined
  after: string | undefined
}

interface Change {
  field: string
  before?: unknown
  after?: unknown
}

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

/**
 * What changed between two states of an entity, by the paths of its fields; members of lists that have an id are told apart
 * by it, others by their place.
 */
export function differences(before: unknown, after: unknown, path = ''): Change[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return []
  const one = parts(before)
  const other = parts(after)
  if (one === undefined || other === undefined || path.split(/[.[]/).length > 4) {
    return [{ field: path, before, after }]
  }
  const isList = Array.isArray(before)
  return [...new Set([...one.keys(), ...other.keys()])].flatMap((name) =>
    differences(
      one.get(name),
      other.get(name),
      isList ? `${path}[${name}]` : path === '' ? name : `${path}.${name}`,
    ),
  )
}

function parts(value: unknown): Map<string, unknown> | undefined {
  if (Array.isArray(value)) {
    if (value.some((one) => typeof one !== 'object' || one === null)) return undefined
    return new Map(value.map((one: { id?: string }, index) => [one.id ?? String(index), one]))
  }
  return typeof value === 'object' && value !== null ? new Map(Object.entries(value)) : undefined
}
