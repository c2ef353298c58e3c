import { useI18n } from 'vue-i18n'
import { ApiError } from '@/api/problem'
import { useConfirm } from '@/shared/composables/useConfirm'
import { useWrite } from '@/shared/composables/useWrite'
import {
  addManager,
  addMember,
  disableTeam,
  enableTeam,
  moveMember,
  removeManager,
  removeMember,
  type Team,
} from '../api'

/** What can be done to a team beside editing it. */
export function useTeamActions(changed: () => void) {
  const { t } = useI18n()
  const { confirm } = useConfirm()
  const { busy, write } = useWrite()

  async function enable(team: Team): Promise<void> {
    if (await write(() => enableTeam(team.id), t('teams.enabled', { name: team.name }))) changed()
  }

  async function disable(team: Team): Promise<void> {
    const question = {
      title: t('teams.disableTitle', { name: team.name }),
      message: t('teams.disableText'),
      action: t('common.disable'),
      danger: true,
    }
    if (!(await confirm(question))) return
    if (await write(() => disableTeam(team.id), t('teams.disabled', { name: team.name }))) changed()
  }

  /** Somebody who is in another team is moved, once that was confirmed. */
  async function join(team: Team, userId: string): Promise<void> {
    const done = await write(async () => {
      try {
        return await addMember(team.id, userId)
      } catch (cause) {
        if (cause instanceof ApiError && cause.kind === 'conflict') return 'elsewhere'
        throw cause
      }
    })
    if (done === 'elsewhere') await move(team, userId)
    else if (done !== undefined) changed()
  }

  async function move(team: Team, userId: string): Promise<void> {
    const question = {
      title: t('teams.moveTitle', { name: team.name }),
      message: t('teams.moveText'),
      action: t('teams.move'),
    }
    if (!(await confirm(question))) return
    if (await write(() => moveMember(team.id, userId), t('teams.joined'))) changed()
  }

  async function leave(team: Team, person: { id: string; username: string }): Promise<void> {
    const question = {
      title: t('teams.leaveTitle', { name: person.username, team: team.name }),
      message: t('teams.leaveText'),
      action: t('common.remove'),
      danger: true,
    }
    if (!(await confirm(question))) return
    if (await write(() => removeMember(team.id, person.id), t('teams.left', { name: person.username })))
      changed()
  }

  async function name(team: Team, userId: string): Promise<void> {
    if (await write(() => addManager(team.id, userId), t('teams.named'))) changed()
  }

  async function unname(team: Team, person: { user_id: string; username: string }): Promise<void> {
    const question = {
      title: t('teams.unnameTitle', { name: person.username, team: team.name }),
      message: t('teams.unnameText'),
      action: t('common.remove'),
      danger: true,
    }
    if (!(await confirm(question))) return
    const done = t('teams.unnamed', { name: person.username })
    if (await write(() => removeManager(team.id, person.user_id), done)) changed()
  }

  return { busy, enable, disable, join, leave, name, unname }
}
