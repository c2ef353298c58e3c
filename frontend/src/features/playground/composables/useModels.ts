import { computed } from 'vue'
import { api, body, type Schemas } from '@/api/client'
import { useLatest } from '@/shared/composables/useLatest'

/** Models that can be asked, and what each costs now: by the version in force, else by the price that stands on it. */
export function useModels() {
  const { data, error, run } = useLatest(async (signal) => {
    const [models, prices] = await Promise.all([
      body(api.GET('/models', { params: { query: { status: 'active', limit: 200 } }, signal })),
      body(api.GET('/prices', { params: { query: { limit: 500 } }, signal })),
    ])
    return { models: models.data, prices: prices.data }
  })

  const rates = computed(() => {
    const found = new Map<string, Schemas['Rates']>()
    for (const { name, price } of data.value?.models ?? []) if (price !== undefined) found.set(name, price)
    for (const { model_name, state, rates: own } of data.value?.prices ?? []) {
      if (state === 'in_force') found.set(model_name, own)
    }
    return found
  })

  return {
    models: computed(() => data.value?.models),
    error,
    run,
    ratesOf: (model: string) => rates.value.get(model),
  }
}
