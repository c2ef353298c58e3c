import type { Component } from 'vue'
import type { RouteLocationRaw } from 'vue-router'

/** Something that the palette can do. */
export interface Entry {
  id: string
  group: 'pages' | 'found' | 'actions'
  label: string
  /** Said beside the label, and searched as well. */
  hint?: string
  icon: Component
  /** Pressed after `g`, for those who know it. */
  key?: string
  to?: RouteLocationRaw
  act?: () => void
}

/**
 * How well typed text fits: every word has to occur, beginnings of words count more, and letters in their order (`apk` in `API keys`)
 * count least. 0 does not fit.
 */
export function score(text: string, query: string): number {
  const target = text.toLowerCase()
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  let sum = 1
  for (const word of words) {
    const at = target.indexOf(word)
    if (at === 0 || (at > 0 && /[\s./_-]/.test(target[at - 1] ?? ''))) sum += 10
    else if (at > 0) sum += 5
    else if (words.length === 1 && hasLettersInOrder(target, word)) sum += 1
    else return 0
  }
  return sum
}

function hasLettersInOrder(target: string, letters: string): boolean {
  let at = -1
  return letters.length > 1 && [...letters].every((letter) => (at = target.indexOf(letter, at + 1)) >= 0)
}

/** Those that fit, best first, in their order where they fit equally. */
export function matching(entries: Entry[], query: string): Entry[] {
  if (query.trim() === '') return entries
  return entries
    .map((entry) => ({ entry, score: score(`${entry.label} ${entry.hint ?? ''}`, query) }))
    .filter(({ score }) => score > 0)
    .toSorted((one, other) => other.score - one.score)
    .map(({ entry }) => entry)
}

/** The id of a request, which is no name of anything but leads somewhere. */
export function requestId(text: string): string | undefined {
  return /^req_[0-9a-hjkmnp-tv-z]{26}$/.exec(text.trim())?.[0]
}
