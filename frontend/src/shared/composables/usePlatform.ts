import { shallowRef } from 'vue'
import { type FrontDoor, getFrontDoor } from '@/api/health'

const health = shallowRef<FrontDoor>()
let asked: Promise<void> | undefined

/** What `/health` of the same origin says about this installation; asked once. */
export function usePlatform() {
  asked ??= ask()
  return { health }
}

async function ask(): Promise<void> {
  try {
    health.value = await getFrontDoor()
  } catch {
    // Not reachable or no JSON: then nothing is known, and the next page asks again.
    asked = undefined
  }
}
