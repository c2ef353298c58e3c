import { createGlobalState, useStorage } from '@vueuse/core'

/** The zone that times are told in; empty: that of this browser. Of the browser, as language and theme are. */
export const useTimeZone = createGlobalState(() => useStorage('llm-platform.time-zone', ''))

const OWN = Intl.DateTimeFormat().resolvedOptions().timeZone

/** Its name, for titles and for those who ask the server. */
export function nameOf(zone: string): string {
  return zone === '' ? OWN : zone
}

/** Whether this browser knows it; a setting may come from another one. */
export function isZone(zone: string): boolean {
  try {
    return Intl.DateTimeFormat('en', { timeZone: zone }).format(0) !== ''
  } catch {
    return false
  }
}

/** An instant as a `datetime-local` input has it, which speaks of no zone. Empty for what is none. */
export function toLocalInput(at: string | number, zone: string, length = 16): string {
  const instant = typeof at === 'number' ? at : Date.parse(at)
  return Number.isNaN(instant) ? '' : new Date(instant + offset(instant, zone)).toISOString().slice(0, length)
}

/** The instant that such an input means; empty for an empty one. */
export function fromLocalInput(text: string, zone: string): string {
  const wall = Date.parse(`${text}Z`)
  if (Number.isNaN(wall)) return ''
  // The first guess may lie on the other side of a change of the clock.
  const guess = wall - offset(wall, zone)
  return new Date(wall - offset(guess, zone)).toISOString()
}

/** How far the clocks of a zone are ahead of UTC, in milliseconds. */
function offset(instant: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone === '' ? undefined : zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(instant)
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value)
  const wall = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  )
  return wall - Math.floor(instant / 1000) * 1000
}
