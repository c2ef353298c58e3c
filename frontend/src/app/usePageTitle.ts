import { useTitle } from '@vueuse/core'
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { useRoute } from 'vue-router'

export function usePageTitle(): void {
  const { t } = useI18n()
  const route = useRoute()
  useTitle(
    computed(() =>
      route.meta.titleKey === undefined ? t('app.name') : `${t(route.meta.titleKey)} · ${t('app.name')}`,
    ),
  )
}
