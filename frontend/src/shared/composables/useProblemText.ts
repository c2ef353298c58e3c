import { useI18n } from 'vue-i18n'
import type { ApiError } from '@/api/problem'

/**
 * A failed call in the person's language. Where the server explains something that they can act on (a name taken, a
 * field refused), its own words are the better ones and follow.
 */
export function useProblemText() {
  const { t } = useI18n()
  return (error: ApiError): string => {
    const general = t(`problem.${error.kind}`)
    const detail = error.problem?.detail ?? error.problem?.title
    const fields = error.problem?.errors?.map(({ field, message }) => `${field}: ${message}`).join('; ')
    const own = fields !== undefined && fields !== '' ? fields : detail
    return (error.kind === 'invalid' || error.kind === 'conflict' || error.kind === 'failed') &&
      own !== undefined
      ? `${general} ${own}`
      : general
  }
}
