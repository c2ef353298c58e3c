import { computed, shallowRef } from 'vue'
import type { Round } from '../request'
import type { ParameterForm } from './useParameters'

export interface Talk {
  id: string
  at: number
  title: string
  models: { id: string; model: string }[]
  parameters: ParameterForm
  rounds: Round[]
}

const MOST_TALKS = 30
/** Browsers give a page about five million letters for everything. */
const MOST_LETTERS = 1_500_000

/**
 * Talks of one person in this browser, the newest first. Pictures are left out: one of them would take the place of all
 * else. What does not fit pushes out the oldest.
 */
export function useHistory(
  person: string,
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> = localStorage,
) {
  const key = `llm-platform.playground.${person}`
  const talks = shallowRef<Talk[]>(read())

  function read(): Talk[] {
    try {
      const kept: unknown = JSON.parse(storage.getItem(key) ?? '[]')
      return Array.isArray(kept) ? (kept as Talk[]).filter(({ rounds }) => Array.isArray(rounds)) : []
    } catch {
      return []
    }
  }

  function keep(talk: Talk): void {
    const others = talks.value.filter(({ id }) => id !== talk.id)
    let next = [withoutPictures(talk), ...others].slice(0, MOST_TALKS)
    while (next.length > 1 && JSON.stringify(next).length > MOST_LETTERS) next = next.slice(0, -1)
    write(next)
  }

  function write(next: Talk[]): void {
    talks.value = next
    try {
      if (next.length === 0) storage.removeItem(key)
      else storage.setItem(key, JSON.stringify(next))
    } catch {
      // Full, or closed to pages: then it lasts as long as the page.
    }
  }

  return {
    talks: computed(() => talks.value),
    keep,
    forget: (id: string) => write(talks.value.filter((talk) => talk.id !== id)),
    clear: () => write([]),
  }
}

function withoutPictures(talk: Talk): Talk {
  const rounds = talk.rounds.map((round) => ({
    ...round,
    prompt: { ...round.prompt, images: round.prompt.images.filter((image) => !image.startsWith('data:')) },
  }))
  return JSON.parse(JSON.stringify({ ...talk, rounds })) as Talk
}

/** The first words that were said. */
export function titleOf(rounds: readonly Round[]): string {
  const text = rounds[0]?.prompt.text.trim().replace(/\s+/g, ' ') ?? ''
  return text.length > 80 ? `${text.slice(0, 79)}…` : text
}
