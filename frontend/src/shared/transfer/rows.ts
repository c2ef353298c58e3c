import type { ApiError } from '@/api/problem'
import type { ImportFile, ImportReport, Section } from './api'

/** What became, or would become, of one row of a file. */
export interface RowReport {
  row: number
  /** The name that the file gives it; empty where it cannot be told. */
  label: string
  id?: string
  /** Shown once: a new API key, or a one-time link. */
  secret?: string
  problems: string[]
}

const LABELS: Record<Section, string> = { users: 'username', 'api-keys': 'name', models: 'name' }
/** What each section is known by, for an example to begin with. */
export const EXAMPLES: Record<Section, string> = {
  users:
    'username,display_name,email,role,team,limits,budgets\n' +
    'ada,Ada Lovelace,ada@example.org,member,,"{""requests_per_minute"":60}","[{""period"":""month"",""amount"":50,""currency"":""USD""}]"\n',
  'api-keys':
    'name,user,team,allowed_models,expires_at,limits,budgets\n' +
    'billing service,ada,,"[""gpt-4o""]",2030-01-01T00:00:00Z,"{""requests_per_minute"":60}",\n',
  models:
    'name,deployments,catalog\n' +
    'house-model,"[{""provider"":""mock"",""upstream_model"":""gpt-4o"",""weight"":1}]","{""description"":""For everybody""}"\n',
}

export function rowsOf(report: ImportReport, labels: string[], origin: string): RowReport[] {
  return report.rows.map(({ row, id, key, invitation, problem, detail, errors }) => ({
    row,
    label: labels[row] ?? '',
    id,
    secret: key ?? (invitation && origin + invitation.link),
    problems:
      errors?.map(({ field, message }) => `${field}: ${message}`) ??
      [detail ?? problem ?? ''].filter(Boolean),
  }))
}

/** The rows that a refusal of the whole names (`rows[3].username`); undefined when it names none. */
export function refusedRows(error: ApiError, labels: string[]): RowReport[] | undefined {
  const rows = new Map<number, RowReport>()
  for (const { field, message } of error.problem?.errors ?? []) {
    const [, number, name] = /^rows\[(\d+)\](?:\.(.+))?$/.exec(field) ?? []
    if (number === undefined) continue
    const row = Number(number)
    const report = rows.get(row) ?? { row, label: labels[row] ?? '', problems: [] }
    report.problems.push(name === undefined ? message : `${name}: ${message}`)
    rows.set(row, report)
  }
  return rows.size === 0 ? undefined : [...rows.values()]
}

/** What the rows of a file are called, to be recognised in the report. A file that cannot be read has no names. */
export function labelsOf(section: Section, { format, text }: ImportFile): string[] {
  const name = LABELS[section]
  if (format === 'json') {
    try {
      const rows: unknown = JSON.parse(text)
      return Array.isArray(rows) ? rows.map((row: Record<string, unknown>) => asText(row?.[name])) : []
    } catch {
      return []
    }
  }
  const [header, ...rows] = csv(text)
  const column = header?.findIndex((cell) => cell.trim() === name) ?? -1
  return column < 0 ? [] : rows.map((cells) => cells[column] ?? '')
}

const asText = (value: unknown) => (typeof value === 'string' ? value : '')

/** RFC 4180, empty lines left out as the server does. */
export function csv(text: string): string[][] {
  const rows: string[][] = []
  let cells: string[] = []
  let cell = ''
  let quoted = false
  const endCell = () => {
    cells.push(cell)
    cell = ''
  }
  const endRow = () => {
    endCell()
    if (cells.length > 1 || cells[0] !== '') rows.push(cells)
    cells = []
  }
  const source = text.replace(/^\uFEFF/, '')
  for (let i = 0; i < source.length; i++) {
    const char = source[i]!
    if (quoted) {
      if (char !== '"') cell += char
      else if (source[i + 1] === '"') cell += source[i++]
      else quoted = false
    } else if (char === '"') quoted = true
    else if (char === ',') endCell()
    else if (char === '\n') endRow()
    else if (char !== '\r') cell += char
  }
  if (cell !== '' || cells.length > 0) endRow()
  return rows
}
