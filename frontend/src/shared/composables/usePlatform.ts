import { shallowRef } from 'vue'

interface PlatformHealth {
  mode?: string
}

const health = shallowRef<PlatformHealth>()
let asked: Promise<void> | undefined

/** What `/health` of the same origin says about this installation; asked once. */
export function usePlatform() {
  asked ??= ask()
  return { health }
}

async function ask(): Promise<void> {
  try {
    const answer = await fetch('/health', { headers: { Accept: 'application/json' } })
    health.value = (await answer.json()) as PlatformHealth
  } catch {
    // Not reachable or no JSON: then nothing is known, and the next page asks again.
    asked = undefined
  }
}
