import { ref, shallowRef } from 'vue'
import type { ApiKey } from '../api'
import { useKeyActions } from './useKeyActions'

/** The dialogs about one key, for the list and for the key's own page. */
export function useKeyDialogs(changed: () => void) {
  const actions = useKeyActions(changed)
  const editing = ref(false)
  const rotating = ref(false)
  const atOnce = ref(false)
  const selected = shallowRef<ApiKey>()
  const issued = shallowRef<{ value: string; model: string | undefined; previousUntil?: string }>()

  function edit(key: ApiKey): void {
    selected.value = key
    editing.value = true
  }

  function rotate(key: ApiKey, withoutOverlap = false): void {
    selected.value = key
    atOnce.value = withoutOverlap
    rotating.value = true
  }

  function reveal(key: { key: string; previous_until?: string }, model?: string): void {
    issued.value = { value: key.key, model, previousUntil: key.previous_until }
    changed()
  }

  return { actions, editing, rotating, atOnce, selected, issued, edit, rotate, reveal, changed }
}

export type KeyDialogsState = ReturnType<typeof useKeyDialogs>
