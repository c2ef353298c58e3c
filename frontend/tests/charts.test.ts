import { mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { expect, test } from 'vitest'
import { defineComponent, h, shallowRef } from 'vue'
import type { Overview } from '@/features/dashboard/api'
import { useOverviewCharts } from '@/features/dashboard/composables/useOverviewCharts'
import { i18n, setLocale } from '@/locales'

function costing(key: string | undefined, cost: number) {
  const at = '2026-11-22T00:00:00Z'
  return { key, points: [{ at, requests: 1, completed: 1, prompt_tokens: 1, completion_tokens: 1, cost }] }
}

test('only a group that stands for one model can be asked for', async () => {
  await setLocale('en')
  const series = [costing('', 9), costing('a', 8), costing('b', 7), costing('c', 6), costing('d', 5)]
  const byModel = { interval: 'day', series: [...series, costing('e', 4), costing('f', 3)] }
  const overview = shallowRef({ byModel, byOutcome: { interval: 'day', series: [] } } as unknown as Overview)
  let charts: ReturnType<typeof useOverviewCharts> | undefined
  const page = defineComponent({
    setup() {
      charts = useOverviewCharts(overview)
      return () => h('div')
    },
  })
  mount(page, { global: { plugins: [i18n, createPinia()] } })
  expect(charts?.costs.value.map(({ key }) => key)).toEqual([undefined, 'a', 'b', 'c', 'd', undefined])
})
