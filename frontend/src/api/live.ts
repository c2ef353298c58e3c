import { openStream, type Schemas } from './client'
import { ApiError, isAbort } from './problem'
import { serverEvents } from './sse'

export type LiveTick = Schemas['LiveTick']
export type LiveAudit = Schemas['LiveAudit']

/** `away`: the stream is open, but the log it tells of cannot be read. `closed`: this person may not look (any more). */
export type LiveState = 'connecting' | 'open' | 'away' | 'waiting' | 'closed'

/** Lines that came too fast are counted only. */
export type LiveLog = Schemas['LogLine'] | { left_out: number }

/** Only what has an ear is asked for. */
export interface LiveEars {
  tick?: (tick: LiveTick) => void
  audit?: (audit: LiveAudit) => void
  log?: (line: LiveLog) => void
  state: (state: LiveState) => void
}

const USUAL_CHANNELS = 'tick,audit'
/** A tick comes each second: a connection that is silent for this long is dead, whatever TCP believes. */
const SILENCE_MS = 15_000
const FIRST_WAIT_MS = 500
const LONGEST_WAIT_MS = 15_000

/**
 * Listens to `GET /live` until `signal` says stop. A stream that ends (the token has expired, a service restarts) is opened
 * again and goes on after the event that was seen last; at first with what the server still remembers of the last minutes.
 */
export async function followLive(ears: LiveEars, signal: AbortSignal, wait = pause): Promise<void> {
  let last: string | undefined = '0'
  let failures = 0
  // A tick tells that the connection lives, whoever listens.
  const channels = ['tick', ears.audit && 'audit', ears.log && 'log'].filter(Boolean).join(',')
  const path = channels === USUAL_CHANNELS ? '/live' : `/live?channels=${channels}`
  while (!signal.aborted) {
    ears.state('connecting')
    const silence = new AbortController()
    let alarm = setTimeout(() => silence.abort(), SILENCE_MS)
    try {
      const { body } = await openStream(path, AbortSignal.any([signal, silence.signal]), {
        Accept: 'text/event-stream',
        ...(last === undefined ? {} : { 'Last-Event-ID': last }),
      })
      for await (const { id, event, data } of serverEvents(body)) {
        clearTimeout(alarm)
        alarm = setTimeout(() => silence.abort(), SILENCE_MS)
        failures = 0
        last = id ?? last
        ears.state(event === 'away' ? 'away' : 'open')
        if (event === 'tick') ears.tick?.(JSON.parse(data) as LiveTick)
        else if (event === 'audit') ears.audit?.(JSON.parse(data) as LiveAudit)
        else if (event === 'log') ears.log?.(JSON.parse(data) as LiveLog)
      }
    } catch (cause) {
      if (signal.aborted) return
      if (cause instanceof ApiError && ['denied', 'unauthorized'].includes(cause.kind)) {
        ears.state('closed')
        return
      }
      // An id that another instance gave out; what came meanwhile is lost, the stream is not.
      if (cause instanceof ApiError && cause.kind === 'invalid') last = undefined
      if (!isAbort(cause) || silence.signal.aborted) failures++
    } finally {
      clearTimeout(alarm)
    }
    if (signal.aborted) return
    ears.state('waiting')
    await wait(Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** failures), signal)
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}
