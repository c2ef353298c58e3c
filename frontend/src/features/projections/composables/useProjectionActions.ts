import { useI18n } from 'vue-i18n'
import { useConfirm } from '@/shared/composables/useConfirm'
import { useWrite } from '@/shared/composables/useWrite'
import * as requests from '../api'
import type { Projection } from '../api'

/** What a person can ask of a projection; what hurts is asked about first. */
export function useProjectionActions(changed: () => void) {
  const { t } = useI18n()
  const { confirm } = useConfirm()
  const { busy, write } = useWrite()

  async function ask(action: () => Promise<unknown>): Promise<void> {
    if (await write(action, t('projections.asked'))) changed()
  }

  async function cancel({ name }: Projection): Promise<void> {
    const question = {
      title: t('projections.cancelTitle', { name }),
      message: t('projections.cancelText'),
      action: t('projections.cancel'),
      danger: true,
    }
    if (await confirm(question)) await ask(() => requests.cancel(name))
  }

  /** A comparison that found differences is not overruled by a slip of the hand. */
  async function swap({ name, building }: Projection): Promise<void> {
    const differs = building?.comparison?.equal === false
    const question = {
      title: t('projections.swapTitle', { name }),
      message: differs
        ? t('projections.swapDiffersText', { n: building?.comparison?.differences ?? 0 })
        : t('projections.swapText'),
      action: t('projections.swap'),
      danger: differs,
    }
    if (await confirm(question)) await ask(() => requests.swap(name, differs))
  }

  async function rollBack({ name, retired }: Projection): Promise<void> {
    const question = {
      title: t('projections.rollBackTitle', { name }),
      message: t('projections.rollBackText', { n: retired?.build ?? 0 }),
      action: t('projections.rollBack'),
    }
    if (await confirm(question)) await ask(() => requests.rollBack(name))
  }

  return {
    busy,
    cancel,
    swap,
    rollBack,
    pause: ({ name }: Projection) => ask(() => requests.pause(name)),
    resume: ({ name }: Projection) => ask(() => requests.resume(name)),
    compare: ({ name }: Projection) => ask(() => requests.compare(name)),
  }
}
