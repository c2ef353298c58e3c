import { ref, shallowRef } from 'vue'
import type { Invitation, User } from '../api'
import { useUserActions } from './useUserActions'

/** The dialogs about one person, for the list and for the person's own page. */
export function useUserDialogs(changed: () => void) {
  const actions = useUserActions(changed)
  const selected = shallowRef<User>()
  const opened = ref<'edit' | 'reset' | 'factor' | 'identity'>()
  const provider = ref('')
  const link = shallowRef<{ invitation: Invitation; username: string }>()

  function open(what: 'edit' | 'reset' | 'factor' | 'identity', user: User | undefined): void {
    selected.value = user
    opened.value = what
  }

  function showLink(invitation: Invitation, username: string): void {
    link.value = { invitation, username }
  }

  async function invite(user: User): Promise<void> {
    const invitation = await actions.invite(user)
    if (invitation !== undefined) showLink(invitation, user.username)
  }

  return { actions, selected, opened, provider, link, open, showLink, invite, changed }
}

export type UserDialogsState = ReturnType<typeof useUserDialogs>
