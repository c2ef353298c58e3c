import { useI18n } from 'vue-i18n'
import { useConfirm } from '@/shared/composables/useConfirm'
import { useWrite } from '@/shared/composables/useWrite'
import { disableUser, enableUser, endSessions, type User } from '../api'

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

  return { busy, enable, disable, logOut }
}
