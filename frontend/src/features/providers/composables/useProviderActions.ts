import { useI18n } from 'vue-i18n'
import { useConfirm } from '@/shared/composables/useConfirm'
import { useWrite } from '@/shared/composables/useWrite'
import { disableProvider, enableProvider, type Provider } from '../api'

export function useProviderActions(changed: () => void) {
  const { t } = useI18n()
  const { confirm } = useConfirm()
  const { busy, write } = useWrite()

  async function enable(provider: Provider): Promise<void> {
    if (await write(() => enableProvider(provider.id), t('providers.enabled', { name: provider.name })))
      changed()
  }

  async function disable(provider: Provider): Promise<void> {
    const question = {
      title: t('providers.disableTitle', { name: provider.name }),
      message: t('providers.disableText'),
      action: t('common.disable'),
      danger: true,
    }
    if (!(await confirm(question))) return
    if (await write(() => disableProvider(provider.id), t('providers.disabled', { name: provider.name })))
      changed()
  }

  return { busy, enable, disable }
}
