import { computed, ref, shallowRef } from 'vue'
import { useLatest } from '@/shared/composables/useLatest'
import { useWrite } from '@/shared/composables/useWrite'
import { findProviderModels, importModels, type ImportReport, type ProviderModel } from '../api'

/** What callers name cannot hold every letter that a provider's own name may hold. */
export function callerName(prefix: string, upstream: string): string {
  const clean = upstream.replace(/^models\//, '').replace(/[^A-Za-z0-9._:/@-]+/g, '-')
  return `${prefix.trim()}${clean}`.replace(/^[^A-Za-z0-9]+/, '').slice(0, 200)
}

/** Models of a provider, ticked in its own list and created in one go. */
export function useProviderImport() {
  const provider = ref('')
  const prefix = ref('')
  const search = ref('')
  const picked = ref<string[]>([])
  const report = shallowRef<ImportReport>()
  const { data, error, loading, run } = useLatest((signal) => findProviderModels(provider.value, signal))
  const { busy, error: refusal, write } = useWrite()

  const found = computed(() => {
    const wanted = search.value.trim().toLowerCase()
    return (data.value?.data ?? []).filter(
      ({ id, name }) => id.toLowerCase().includes(wanted) || name?.toLowerCase().includes(wanted),
    )
  })

  function begin(): void {
    provider.value = prefix.value = search.value = ''
    picked.value = []
    report.value = undefined
    data.value = undefined
  }

  async function list(id: string): Promise<void> {
    provider.value = id
    picked.value = []
    data.value = undefined
    await run()
  }

  function row({ id, description, context_window, max_output }: ProviderModel) {
    const catalog = {
      ...(description && { description: description.slice(0, 1000) }),
      ...(context_window && { context_window }),
      ...(max_output && { max_output }),
    }
    return {
      name: callerName(prefix.value, id),
      deployments: [{ provider_id: provider.value, upstream_model: id, weight: 1 }],
      ...(Object.keys(catalog).length > 0 && { catalog }),
    }
  }

  async function submit(): Promise<boolean> {
    const rows = (data.value?.data ?? []).filter(({ id }) => picked.value.includes(id)).map(row)
    if (rows.length === 0) return false
    const answer = await write(() => importModels(rows), undefined, true)
    if (answer === undefined) return false
    report.value = answer
    return answer.created > 0
  }

  /** Names in the order in which they were sent, for the report. */
  const names = computed(() =>
    (data.value?.data ?? [])
      .filter(({ id }) => picked.value.includes(id))
      .map(({ id }) => callerName(prefix.value, id)),
  )

  return {
    provider,
    prefix,
    search,
    picked,
    report,
    data,
    error,
    loading,
    busy,
    refusal,
    found,
    names,
    begin,
    list,
    submit,
  }
}
