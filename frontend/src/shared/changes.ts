/** Whether two values say the same in JSON: absent, null, and a list or object with nothing in it are one. */
export function isSame(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b)
}

/** What an edit must send: of the wanted values those that differ, with null where something is taken away. */
export function changesOf<T extends object>(
  before: Partial<Record<keyof T, unknown>>,
  wanted: T,
): Partial<T> {
  const changed = (Object.keys(wanted) as (keyof T)[]).filter((name) => !isSame(before[name], wanted[name]))
  return Object.fromEntries(
    changed.map((name) => [name, isEmpty(wanted[name]) ? null : wanted[name]]),
  ) as Partial<T>
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true
  return typeof value === 'object' && Object.keys(value).length === 0
}

function canonical(value: unknown): string {
  return isEmpty(value) ? '' : JSON.stringify(sorted(value))
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, one]) => one !== undefined)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, one]) => [name, sorted(one)]),
  )
}
