import { shallowRef } from 'vue'

export interface Confirmation {
  title: string
  message: string
  /** The verb on the button. */
  action: string
  danger?: boolean
}

interface Pending extends Confirmation {
  answer: (confirmed: boolean) => void
}

const pending = shallowRef<Pending>()

/** Asks before what hurts. Shown by ConfirmHost in App.vue. */
export function useConfirm() {
  function confirm(question: Confirmation): Promise<boolean> {
    pending.value?.answer(false)
    return new Promise((answer) => (pending.value = { ...question, answer }))
  }

  function settle(confirmed: boolean): void {
    pending.value?.answer(confirmed)
    pending.value = undefined
  }

  return { pending, confirm, settle }
}
