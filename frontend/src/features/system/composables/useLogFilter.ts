import { computed } from 'vue'
import { useQueryState } from '@/shared/composables/useQueryState'
import { isPreset, startOf } from '@/shared/time/range'
import { type Level, LEVELS, type LogFilter, type LogLine } from '../api'

const isLevel = (text: string): text is Level => (LEVELS as readonly string[]).includes(text)
const text = (value: string) => (value.trim() === '' ? undefined : value.trim())

/** The filter of the logs page, read from and written to the URL. */
export function useLogFilter() {
  const { fields, set, clear, isFiltered } = useQueryState(
    'q',
    'service',
    'level',
    'logger',
    'request_id',
    'range',
    'from',
    'to',
  )
  const filter = computed<LogFilter>(() => ({
    q: text(fields.q.value),
    service: text(fields.service.value),
    level: isLevel(fields.level.value) ? fields.level.value : undefined,
    logger: text(fields.logger.value),
    request_id: text(fields.request_id.value),
    from: isPreset(fields.range.value) ? startOf(fields.range.value, Date.now()) : text(fields.from.value),
    to: text(fields.to.value),
  }))
  return { fields, filter, set, clear, isFiltered }
}

/** Whether a line that has just come fits what the page shows; the search itself is the server's. */
export function fits(line: LogLine, filter: LogFilter): boolean {
  const words = (filter.q ?? '').toLowerCase().split(/\s+/).filter(Boolean)
  const told = `${line.message} ${line.logger} ${line.stack ?? ''} ${line.request_id ?? ''}`.toLowerCase()
  return (
    (filter.service === undefined || line.service === filter.service) &&
    (filter.level === undefined || LEVELS.indexOf(line.level) <= LEVELS.indexOf(filter.level)) &&
    (filter.logger === undefined || line.logger === filter.logger) &&
    (filter.request_id === undefined || line.request_id === filter.request_id) &&
    words.every((word) => told.includes(word))
  )
}
