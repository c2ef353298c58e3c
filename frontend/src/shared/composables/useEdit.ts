import { computed, ref, shallowRef } from 'vue'
import type { Read } from '@/api/client'
import { useWrite } from './useWrite'

/** An edit of something that somebody else may be quicker to change. */
export function useEdit<T extends { id: string }>(get: (id: string) => Promise<Read<T>>) {
  const { busy, error, write, reset } = useWrite()
  /** What the edit is made to; newer than the one that was opened once somebody else turns out to have changed it. */
  const base = shallowRef<T>()
  const rereading = ref(false)

  function begin(one: T | undefined): void {
    base.value = one
    reset()
  }

  /** Refused for its version, the thing is read again before anything can be sent: it would be refused for the same reason. */
  async function edit<A>(action: () => Promise<A>, done: string): Promise<A | undefined> {
    const answer = await write(action, done, true)
    if (answer === undefined && base.value !== undefined && error.value?.code === 'stale-version') {
      rereading.value = true
      try {
        base.value = (await get(base.value.id)).data
      } finally {
        rereading.value = false
      }
    }
    return answer
  }

  return { base, begin, edit, error, busy: computed(() => busy.value || rereading.value) }
}
