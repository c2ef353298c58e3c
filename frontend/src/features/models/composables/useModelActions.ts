import { useI18n } from 'vue-i18n'
import { useConfirm } from '@/shared/composables/useConfirm'
import { useWrite } from '@/shared/composables/useWrite'
import { disableModel, enableModel, type Model } from '../api'

export function useModelActions(changed: () => void) {
  const { t } = useI18n()
  const { confirm } = useConfirm()
  const { busy, write } = useWrite()

  async function enable(model: Model): Promise<void> {
    if (await write(() => enableModel(model.id), t('models.enabled', { name: model.name }))) changed()
  }

  async function disable(model: Model): Promise<void> {
    const question = {
      title: t('models.disableTitle', { name: model.name }),
      message: t('models.disableText'),
      action: t('common.disable'),
      danger: true,
    }
    if (!(await confirm(question))) return
    if (await write(() => disableModel(model.id), t('models.disabled', { name: model.name }))) changed()
  }

  return { busy, enable, disable }
}
