import { useI18n } from 'vue-i18n'
import { useConfirm } from '@/shared/composables/useConfirm'
import { useFormat } from '@/shared/composables/useFormat'
import { useWrite } from '@/shared/composables/useWrite'
import { type ApiKey, disableKey, enableKey, revokeKey } from '../api'

/** What can be done to a key in its row. */
export function useKeyActions(changed: () => void) {
  const { t } = useI18n()
  const { confirm } = useConfirm()
  const { relative } = useFormat()
  const { busy, write } = useWrite()

  async function enable(key: ApiKey): Promise<void> {
    if (await write(() => enableKey(key.id), t('keys.enabled', { name: key.name }))) changed()
  }

  async function disable(key: ApiKey): Promise<void> {
    const question = {
      title: t('keys.disableTitle', { name: key.name }),
      message: t('keys.disableText'),
      action: t('common.disable'),
    }
    if (!(await confirm(question))) return
    if (await write(() => disableKey(key.id), t('keys.disabled', { name: key.name }))) changed()
  }

  async function revoke(key: ApiKey): Promise<void> {
    const question = {
      title: t('keys.revokeTitle', { name: key.name }),
      message: `${t('keys.revokeText')} ${usage(key)}`,
      action: t('keys.revoke'),
      danger: true,
    }
    if (!(await confirm(question))) return
    if (await write(() => revokeKey(key.id), t('keys.revoked', { name: key.name }))) changed()
  }

  /** Who is about to stop something should know whether it is in use. */
  function usage({ last_used_at: at }: ApiKey): string {
    return at === undefined ? t('keys.revokeUnused') : t('keys.revokeUsed', { at: relative(at) })
  }

  return { busy, enable, disable, revoke }
}
