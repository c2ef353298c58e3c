import { useIntervalFn } from '@vueuse/core'
import { computed, onMounted, shallowRef } from 'vue'
import { type FrontDoor, getFrontDoor } from '@/api/health'
import { ApiError } from '@/api/problem'
import { type Component, getHealth, type Health, probeCommands } from '../api'

const EVERY_MS = 5_000
const PATIENCE_MS = 10_000

export type State = Component['status'] | 'unknown'
export interface Part {
  name: string
  state: State
  detail?: string
}
interface Answer<T> {
  data?: T
  error?: ApiError
}

const SERVICE_GROUPS = ['services', 'gateways', 'stores', 'projections'] as const
export type Group = (typeof SERVICE_GROUPS)[number]

/** All there is, asked from where each can be seen; one that does not answer says nothing about the others. */
export function useHealth() {
  const front = shallowRef<Answer<FrontDoor>>()
  const commands = shallowRef<Answer<unknown>>()
  const queries = shallowRef<Answer<Health>>()
  const askedAt = shallowRef<number>()

  let looking = false

  async function look(): Promise<void> {
    if (looking) return
    looking = true
    const signal = AbortSignal.timeout(PATIENCE_MS)
    ;[front.value, commands.value, queries.value] = await Promise.all([
      settled(getFrontDoor(signal)),
      settled(probeCommands(signal)),
      settled(getHealth(signal)),
    ])
    askedAt.value = Date.now()
    looking = false
  }

  onMounted(look)
  useIntervalFn(look, EVERY_MS)

  const groups = computed<Record<Group, Part[]> | undefined>(() =>
    front.value && commands.value && queries.value
      ? grouped(front.value, commands.value, queries.value)
      : undefined,
  )
  const overall = computed<State>(() => worst(Object.values(groups.value ?? {}).flat()))
  return { groups, overall, front, askedAt, look }
}

async function settled<T>(call: Promise<T>): Promise<Answer<T>> {
  try {
    return { data: await call }
  } catch (cause) {
    return { error: cause instanceof ApiError ? cause : new ApiError(0, undefined, undefined) }
  }
}

/** Exported for tests. */
export function grouped(
  front: Answer<FrontDoor>,
  commands: Answer<unknown>,
  queries: Answer<Health>,
): Record<Group, Part[]> {
  const told = queries.data?.components ?? []
  const part = ({ name, status, detail }: Component, prefix = ''): Part => ({
    name: name.slice(prefix.length),
    state: status,
    ...(detail === undefined ? {} : { detail }),
  })
  const starting = (prefix: string) =>
    told.filter(({ name }) => name.startsWith(prefix)).map((one) => part(one, prefix))
  const away = (answer: Answer<unknown>): State =>
    answer.error === undefined ? 'up' : answer.error.kind === 'limited' ? 'degraded' : 'down'
  const stores = ['postgres', 'kafka', 'search'].map((name): Part => {
    const known = told.find((one) => one.name === name)
    return known ? part(known) : { name, state: 'unknown' }
  })
  const parked = told.find(({ name }) => name === 'parked_events')
  return {
    services: [
      { name: 'proxy-service', state: doorState(front) },
      { name: 'command-service', state: away(commands) },
      { name: 'query-service', state: away(queries) },
    ],
    gateways: starting('gateway:'),
    stores,
    projections: [...starting('projection:'), ...(parked ? [part(parked)] : [])],
  }
}

function doorState({ data, error }: Answer<FrontDoor>): State {
  if (error !== undefined || data === undefined) return 'down'
  return data.status === 'ok' ? 'up' : 'degraded'
}

const ORDER: State[] = ['up', 'unknown', 'degraded', 'down']

/** Exported for tests. */
export function worst(parts: Part[]): State {
  return parts.reduce<State>(
    (state, one) => (ORDER.indexOf(one.state) > ORDER.indexOf(state) ? one.state : state),
    'up',
  )
}
