import { ElMessage } from 'element-plus'
import { ref, shallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import type { ApiError } from '@/api/problem'
import { asApiError } from './useLatest'
import { useProblemText } from './useProblemText'

/** A change that a person asked for: pressed twice it is sent once, and its end is told. */
export function useWrite() {
  const { t } = useI18n()
  const problemText = useProblemText()
  const busy = ref(false)
  const error = shallowRef<ApiError>()

  /** @param quiet leave the showing of a failure to the caller, who has `error` */
  async function write<T>(action: () => Promise<T>, done?: string, quiet = false): Promise<T | undefined> {
    if (busy.value) return undefined
    busy.value = true
    error.value = undefined
    try {
      const answer = await action()
      if (done !== undefined) ElMessage.success({ message: done, plain: true })
      return answer
    } catch (cause) {
      const problem = asApiError(cause)
      error.value = problem
      if (!quiet && problem.kind !== 'unauthorized') {
        ElMessage.error({
          message: `${t('common.notDone')} ${problemText(problem)}`,
          plain: true,
          duration: 6000,
        })
      }
      return undefined
    } finally {
      busy.value = false
    }
  }

  return { busy, error, write, reset: () => (error.value = undefined) }
}
