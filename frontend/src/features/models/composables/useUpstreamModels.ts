import { onScopeDispose, reactive } from 'vue'
import { asApiError } from '@/shared/composables/useLatest'
import { findProviderModels, type ProviderModel } from '../api'

export interface UpstreamList {
  models: ProviderModel[]
  loading: boolean
  /** Why the list is empty, in the words of the provider or of the platform. */
  problem?: string
}

/** What providers list, each asked once for as long as the page is open. */
export function useUpstreamModels() {
  const lists = reactive(new Map<string, UpstreamList>())
  const abort = new AbortController()
  onScopeDispose(() => abort.abort())

  async function load(provider: string): Promise<UpstreamList> {
    const known = lists.get(provider)
    if (known !== undefined && (known.loading || known.problem === undefined)) return known
    lists.set(provider, { models: [], loading: true })
    const list = lists.get(provider)!
    try {
      const answer = await findProviderModels(provider, abort.signal)
      list.models = answer.data
      list.problem = answer.error?.message
    } catch (cause) {
      list.problem = asApiError(cause).message
    } finally {
      list.loading = false
    }
    return list
  }

  return { lists, load }
}
