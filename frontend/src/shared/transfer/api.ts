import { api, body, type Schemas } from '@/api/client'

export type Section = 'users' | 'api-keys' | 'models'
export type Format = 'csv' | 'json'
export type ImportMode = Schemas['ImportReport']['mode']
export type ImportReport = Schemas['ImportReport']

/** A file as it was chosen; the server reads it, so it goes out as it is. */
export interface ImportFile {
  name: string
  format: Format
  text: string
}

interface Order {
  mode: ImportMode
  dryRun: boolean
  /** Sent again after a broken connection, it does nothing twice. */
  idempotencyKey?: string
}

export function importFile(
  section: Section,
  file: ImportFile,
  order: Order,
  signal?: AbortSignal,
): Promise<ImportReport> {
  const request = {
    params: {
      query: { mode: order.mode, dry_run: order.dryRun },
      header: order.idempotencyKey === undefined ? {} : { 'Idempotency-Key': order.idempotencyKey },
    },
    headers: { 'Content-Type': file.format === 'csv' ? 'text/csv' : 'application/json' },
    body: file.text,
    bodySerializer: (text: unknown) => text as string,
    signal,
  }
  switch (section) {
    case 'users':
      return body(api.POST('/imports/users', request))
    case 'api-keys':
      return body(api.POST('/imports/api-keys', request))
    case 'models':
      return body(api.POST('/imports/models', request))
  }
}

export function exportFile(section: Section, format: Format): Promise<Blob> {
  const request = { params: { query: { format } }, parseAs: 'blob' as const }
  switch (section) {
    case 'users':
      return body(api.GET('/exports/users', request))
    case 'api-keys':
      return body(api.GET('/exports/api-keys', request))
    case 'models':
      return body(api.GET('/exports/models', request))
  }
}
