import { computed, onMounted } from 'vue'
import { useLatest } from '@/shared/composables/useLatest'
import { findModels, findPrices, type Model, type PriceVersion } from '../api'

export interface Book {
  model: Model
  versions: PriceVersion[]
  inForce: PriceVersion | undefined
  next: PriceVersion | undefined
}

/** Every model with its book, one page of models at a time until there are no more. */
export function usePriceBooks() {
  const { data, error, loading, run } = useLatest(async (signal) => {
    const models: Model[] = []
    let cursor: string | undefined
    do {
      const page = (await findModels({}, cursor, signal)).data
      models.push(...page.data)
      cursor = page.next_cursor ?? undefined
    } while (cursor !== undefined && models.length < 1_000)
    return { models, prices: (await findPrices(undefined, signal)).data }
  })
  onMounted(() => run())

  const books = computed<Book[] | undefined>(() => {
    if (data.value === undefined) return undefined
    const { models, prices } = data.value
    const byModel = new Map<string, PriceVersion[]>()
    for (const version of prices) {
      byModel.set(version.model_id, [...(byModel.get(version.model_id) ?? []), version])
    }
    return models
      .map((model) => {
        const versions = byModel.get(model.id) ?? []
        const coming = versions
          .filter(({ state }) => state === 'coming')
          .toSorted((a, b) => Date.parse(a.effective_from) - Date.parse(b.effective_from))
        return {
          model,
          versions,
          inForce: versions.find(({ state }) => state === 'in_force'),
          next: coming[0],
        }
      })
      .toSorted((a, b) => b.versions.length - a.versions.length || a.model.name.localeCompare(b.model.name))
  })

  return { books, error, loading, run }
}
