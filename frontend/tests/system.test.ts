import { describe, expect, it } from 'vitest'
import { ApiError } from '@/api/problem'
import type { LogLine } from '@/features/system/api'
import { grouped, worst } from '@/features/system/composables/useHealth'
import { fits } from '@/features/system/composables/useLogFilter'
import { bytes, clock } from '@/features/system/format'

const FRONT = {
  status: 'ok',
  version: '1',
  config: { ready: true, connected: true, entries: 1 },
  journal: { accepting: true, depth: 0, bytes: 0 },
}

describe('system health', () => {
  it('sorts what is told into its groups', () => {
    const groups = grouped(
      { data: FRONT },
      { data: {} },
      {
        data: {
          status: 'degraded',
          components: [
            { name: 'postgres', status: 'up' },
            { name: 'projection:users', status: 'degraded', detail: 'lag 9' },
            { name: 'gateway:gw-1', status: 'up' },
            { name: 'parked_events', status: 'up' },
          ],
        },
      },
    )
    expect(groups.services.map(({ state }) => state)).toEqual(['up', 'up', 'up'])
    expect(groups.stores).toEqual([
      { name: 'postgres', state: 'up' },
      { name: 'kafka', state: 'unknown' },
      { name: 'search', state: 'unknown' },
    ])
    expect(groups.projections).toEqual([
      { name: 'users', state: 'degraded', detail: 'lag 9' },
      { name: 'parked_events', state: 'up' },
    ])
    expect(groups.gateways).toEqual([{ name: 'gw-1', state: 'up' }])
    expect(worst(Object.values(groups).flat())).toBe('degraded')
  })

  it('says nothing of what it cannot see', () => {
    const away = { error: new ApiError(503, undefined, undefined) }
    const groups = grouped({ data: { ...FRONT, status: 'stale' } }, away, away)
    expect(groups.services.map(({ state }) => state)).toEqual(['degraded', 'down', 'down'])
    expect(groups.stores.every(({ state }) => state === 'unknown')).toBe(true)
    expect(groups.projections).toEqual([])
    expect(worst(groups.services)).toBe('down')
  })
})

describe('following logs', () => {
  const line: LogLine = {
    id: 'log_1',
    at: '2026-11-23T10:00:00Z',
    service: 'projections',
    instance: 'h:1',
    level: 'warn',
    logger: 'io.x.Feed',
    message: 'The disk is full',
    stack: 'java.io.IOException',
    request_id: 'req_1',
  }

  it('shows only what fits the filter', () => {
    expect(fits(line, {})).toBe(true)
    expect(
      fits(line, { level: 'warn', service: 'projections', q: 'DISK ioexception', request_id: 'req_1' }),
    ).toBe(true)
    expect(fits(line, { level: 'error' })).toBe(false)
    expect(fits(line, { service: 'proxy-service' })).toBe(false)
    expect(fits(line, { q: 'disk empty' })).toBe(false)
    expect(fits(line, { logger: 'access' })).toBe(false)
  })

  it('tells times to the millisecond and sizes in their unit', () => {
    expect(clock('2026-11-23T10:00:00.007Z')).toMatch(/^\d\d-\d\d \d\d:\d\d:00\.007$/)
    expect([bytes(0), bytes(512), bytes(1536), bytes(5 * 1024 ** 3)]).toEqual([
      '0 B',
      '512 B',
      '1.5 KB',
      '5.0 GB',
    ])
  })
})
