import { expect, test } from 'vitest'
import { effectScope } from 'vue'
import { ApiError } from '@/api/problem'
import { useLatest } from '@/shared/composables/useLatest'
import { usePagedList } from '@/shared/composables/usePagedList'

function deferred<T>() {
  return Promise.withResolvers<T>()
}

test('latest answer wins, the one before is aborted', async () => {
  const slow = deferred<string>()
  const signals: AbortSignal[] = []
  const { data, loading, run } = useLatest((signal, which: 'slow' | 'fast') => {
    signals.push(signal)
    return which === 'slow' ? slow.promise : Promise.resolve('fast')
  })
  const first = run('slow')
  await run('fast')
  expect(signals[0]?.aborted).toBe(true)
  slow.resolve('slow')
  await first
  expect(data.value).toBe('fast')
  expect(loading.value).toBe(false)
})

test('a late failure does not cover a newer success', async () => {
  const slow = deferred<string>()
  const { error, run } = useLatest((_, which: 'slow' | 'fast') =>
    which === 'slow' ? slow.promise : Promise.resolve('fast'),
  )
  const first = run('slow')
  await run('fast')
  slow.reject(new ApiError(500, undefined, undefined))
  await first
  expect(error.value).toBeUndefined()
})

test('data of the last success stays when a refresh fails', async () => {
  let fails = false
  const { data, error, run } = useLatest(() =>
    fails ? Promise.reject(new ApiError(503, undefined, 'req_1')) : Promise.resolve('good'),
  )
  await run()
  fails = true
  await run()
  expect(data.value).toBe('good')
  expect(error.value?.kind).toBe('unavailable')
})

test('leaving the page aborts', () => {
  const scope = effectScope()
  let signal: AbortSignal | undefined
  scope.run(() => {
    void useLatest((own) => {
      signal = own
      return new Promise(() => {})
    }).run()
  })
  scope.stop()
  expect(signal?.aborted).toBe(true)
})

test('pages append, and a reload starts from the top', async () => {
  const pages: Record<string, { data: number[]; next_cursor: string | null }> = {
    start: { data: [1, 2], next_cursor: 'c' },
    c: { data: [3], next_cursor: null },
  }
  const list = usePagedList<number>((_, cursor) =>
    Promise.resolve({ data: pages[cursor ?? 'start']!, behind: false }),
  )
  await list.reload()
  expect(list.items.value).toEqual([1, 2])
  expect(list.hasMore.value).toBe(true)
  await list.loadMore()
  expect(list.items.value).toEqual([1, 2, 3])
  expect(list.hasMore.value).toBe(false)
  await list.loadMore()
  expect(list.items.value).toEqual([1, 2, 3])
  await list.reload()
  expect(list.items.value).toEqual([1, 2])
})
