import type { Price, PriceVersion, Rates } from './api'

export const RATES = [
  'input',
  'output',
  'cached_input',
  'cache_write',
  'reasoning',
  'image_input',
  'image_output',
  'audio_input',
  'audio_output',
  'request',
] as const
export type Rate = (typeof RATES)[number]

export interface Difference {
  rate: Rate
  before: number | undefined
  after: number | undefined
  /** Of before: 0.25 is a quarter more. Absent where that was nothing or in another currency. */
  relative?: number
}

type Given = { currency: string } & Partial<Record<Rate, number | null>>

/** What one set of rates has other than another; a rate that is absent falls back, so it is told as absent. */
export function differences(before: Given | undefined, after: Given): Difference[] {
  if (before === undefined) return []
  const sameMoney = before.currency === after.currency
  return RATES.flatMap((rate) => {
    const was = before[rate] ?? undefined
    const is = after[rate] ?? undefined
    if (was === is && (sameMoney || was === undefined)) return []
    const isRelative = sameMoney && was !== undefined && was !== 0 && is !== undefined
    return [{ rate, before: was, after: is, ...(isRelative && { relative: is / was - 1 }) }]
  })
}

/** What a version is to be compared with: the one that it corrects, else the one that was in force just before it. */
export function comparedWith(version: PriceVersion, all: readonly PriceVersion[]): PriceVersion | undefined {
  if (version.corrects !== undefined) return all.find(({ number }) => number === version.corrects)
  const from = Date.parse(version.effective_from)
  return all
    .filter((one) => one.corrected_by === undefined && Date.parse(one.effective_from) < from)
    .toSorted((a, b) => Date.parse(b.effective_from) - Date.parse(a.effective_from))[0]
}

export interface Segment {
  number: number
  state: PriceVersion['state']
  rates: Rates
  from: string
  until: string | undefined
  /** Parts of the whole width, 0 to 1. */
  left: number
  width: number
}

export interface Timeline {
  /** Those that count, one after the other. */
  segments: Segment[]
  /** Those that a correction stands in for, where they would have been. */
  corrected: Segment[]
  /** Where this moment is; absent before everything. */
  now: number | undefined
}

const DAY = 86_400_000
/** How long the last version is drawn, since it has no end. */
const OPEN_END = 30 * DAY

/**
 * Versions on a line of time. A price may stand for an hour or for ten years: widths grow with the logarithm of the time,
 * so that each can be seen, and inside of one version time runs evenly.
 */
export function timelineOf(given: readonly PriceVersion[], now: number, base?: Price): Timeline {
  const versions = base === undefined ? given : withBase(given, now, base)
  const counting = versions
    .filter(({ corrected_by: by }) => by === undefined)
    .toSorted((a, b) => Date.parse(a.effective_from) - Date.parse(b.effective_from))
  const starts = counting.map(({ effective_from: from }) => Date.parse(from))
  const [first] = starts
  if (first === undefined) return { segments: [], corrected: [], now: undefined }
  const ends = starts.map((start, index) => starts[index + 1] ?? Math.max(start, now) + OPEN_END)
  const weights = starts.map((start, index) => Math.log2(2 + (ends[index]! - start) / DAY))
  const sum = weights.reduce((all, weight) => all + weight, 0)
  const lefts = weights.map(
    (_, index) => weights.slice(0, index).reduce((all, weight) => all + weight, 0) / sum,
  )

  /** Where an instant is on the line. */
  function place(at: number): number {
    if (at <= first!) return 0
    const index = starts.findLastIndex((start) => start <= at)
    const inside = (at - starts[index]!) / (ends[index]! - starts[index]!)
    return Math.min(1, lefts[index]! + (weights[index]! / sum) * Math.min(1, inside))
  }

  const segment = (version: PriceVersion, left: number, width: number, until?: string): Segment => ({
    number: version.number,
    state: version.state,
    rates: version.rates,
    from: version.effective_from,
    until,
    left,
    width,
  })

  return {
    segments: counting.map((version, index) =>
      segment(version, lefts[index]!, weights[index]! / sum, counting[index + 1]?.effective_from),
    ),
    corrected: versions
      .filter(({ corrected_by: by }) => by !== undefined)
      .map((version) => {
        const left = place(Date.parse(version.effective_from))
        const next = starts.find((start) => start > Date.parse(version.effective_from))
        const right = next === undefined ? 1 : place(next)
        return segment(version, Math.min(left, 0.97), Math.max(right - left, 0.03))
      }),
    now: now < first ? undefined : place(now),
  }
}

/** The price on the model as a version with the number 0, drawn from a while before the first one. */
function withBase(given: readonly PriceVersion[], now: number, base: Price): readonly PriceVersion[] {
  const [sample] = given
  if (sample === undefined) return given
  const first = Math.min(...given.map(({ effective_from: from }) => Date.parse(from)))
  const from = new Date(Math.min(first, now) - OPEN_END).toISOString()
  // The server's word, not this browser's clock: a version that has just begun is in force.
  const isOver = given.some(({ state }) => state === 'in_force' || state === 'past')
  const { corrects: _corrects, corrected_by: _by, ...rest } = sample
  return [
    { ...rest, number: 0, rates: base, effective_from: from, state: isOver ? 'past' : 'in_force' },
    ...given,
  ]
}

/** As the API wants rates in a query: plain decimals, no exponent. */
export function decimal(value: number): string {
  const text = value.toFixed(10)
  return text.replace(/\.?0+$/, '')
}
