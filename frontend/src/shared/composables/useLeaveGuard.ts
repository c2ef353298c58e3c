import { useEventListener } from '@vueuse/core'
import { useI18n } from 'vue-i18n'
import { onBeforeRouteLeave } from 'vue-router'
import { useConfirm } from './useConfirm'

/** Asks before a page is left on which something is not saved: inside the console and when the tab is closed. */
export function useLeaveGuard(isDirty: () => boolean): void {
  const { t } = useI18n()
  const { confirm } = useConfirm()

  onBeforeRouteLeave(() =>
    isDirty()
      ? confirm({
          title: t('health.leaveTitle'),
          message: t('health.leaveText'),
          action: t('health.leave'),
          danger: true,
        })
      : true,
  )
  useEventListener(window, 'beforeunload', (event) => {
    if (isDirty()) event.preventDefault()
  })
}
