import { onScopeDispose, ref, shallowRef } from 'vue'
import { download, type Progress } from '@/api/download'
import { type ApiError, isAbort } from '@/api/problem'
import { saveAs } from '@/shared/download'
import { asApiError } from './useLatest'

/** A file that is fetched with progress, can be given up, and is then handed to the person. */
export function useExport() {
  const progress = shallowRef<Progress>()
  const done = shallowRef<Progress>()
  const error = shallowRef<ApiError>()
  const running = ref(false)
  let abort: AbortController | undefined

  async function start(path: string, ends: boolean): Promise<void> {
    abort?.abort()
    const own = (abort = new AbortController())
    running.value = true
    error.value = undefined
    done.value = undefined
    progress.value = undefined
    try {
      const file = await download(path, {
        ends,
        signal: own.signal,
        onProgress: (now) => (progress.value = now),
      })
      if (abort !== own) return
      saveAs(file.name, file.blob)
      done.value = file.progress
    } catch (cause) {
      if (abort === own && !isAbort(cause)) error.value = asApiError(cause)
    } finally {
      if (abort === own) running.value = false
    }
  }

  function cancel(): void {
    abort?.abort()
    abort = undefined
    running.value = false
  }

  onScopeDispose(cancel)
  return { progress, done, error, running, start, cancel }
}
