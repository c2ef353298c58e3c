import { useI18n } from 'vue-i18n'
import { useConfirm } from '@/shared/composables/useConfirm'
import { useWrite } from '@/shared/composables/useWrite'
import {
  disableUser,
  enableUser,
  endSessions,
  type Invitation,
  inviteUser,
  unlinkIdentity,
  type User,
} from '../api'

export function useUserActions(changed: () => void) {
  const { t } = useI18n()
  const { confirm } = useConfirm()
  const { busy, write } = useWrite()

  async function enable(user: User): Promise<void> {
    if (await write(() => enableUser(user.id), t('users.enabled', { name: user.username }))) changed()
  }

  async function disable(user: User): Promise<void> {
    const question = {
      title: t('users.disableTitle', { name: user.username }),
      message: t('users.disableText'),
      action: t('common.disable'),
      danger: true,
    }
    if (!(await confirm(question))) return
    if (await write(() => disableUser(user.id), t('users.disabled', { name: user.username }))) changed()
  }

  async function logOut(user: User): Promise<void> {
    const question = {
      title: t('users.logOutTitle', { name: user.username }),
      message: t('users.logOutText'),
      action: t('users.logOut'),
      danger: true,
    }
    if (!(await confirm(question))) return
    await write(() => endSessions(user.id), t('users.loggedOut', { name: user.username }))
  }

  /** Undefined when it was called off or refused. */
  async function invite(user: User): Promise<Invitation | undefined> {
    const question = {
      title: t('users.inviteTitle', { name: user.username }),
      message: t('users.inviteText'),
      action: t('users.invite'),
    }
    if (!(await confirm(question))) return undefined
    const answer = await write(() => inviteUser(user.id))
    if (answer !== undefined) changed()
    return answer?.invitation
  }

  async function unlink(user: User): Promise<void> {
    const question = {
      title: t('users.unlinkTitle', { name: user.username }),
      message: t('users.unlinkText'),
      action: t('users.unlinkIdentity'),
      danger: true,
    }
    if (!(await confirm(question))) return
    if (await write(() => unlinkIdentity(user), t('users.unlinked', { name: user.username }))) changed()
  }

  return { busy, enable, disable, logOut, invite, unlink }
}
