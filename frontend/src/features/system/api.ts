import { api, body, read, type Schemas } from '@/api/client'

export type LogLine = Schemas['LogLine']
export type Level = LogLine['level']
export type Component = Schemas['SystemHealth']['components'][number]
export type Health = Schemas['SystemHealth']

export const SERVICES = ['proxy-service', 'command-service', 'query-service', 'projections'] as const
/** Gravest first. */
export const LEVELS = ['error', 'warn', 'info'] as const

export interface LogFilter {
  q?: string
  service?: string
  level?: Level
  logger?: string
  request_id?: string
  from?: string
  to?: string
}

export const findLines = (query: LogFilter, cursor: string | undefined, signal: AbortSignal) =>
  read(api.GET('/system/logs', { params: { query: { ...query, cursor, limit: 100 } }, signal }))

export const getHealth = (signal: AbortSignal) => body(api.GET('/system/health', { signal }))

/** The least that the command-service can be asked. */
export const probeCommands = (signal: AbortSignal) => body(api.GET('/auth/methods', { signal }))
