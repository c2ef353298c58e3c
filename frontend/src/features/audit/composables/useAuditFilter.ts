import { computed } from 'vue'
import { useQueryState } from '@/shared/composables/useQueryState'
import { isPreset, startOf } from '@/shared/time/range'
import { type AuditFilter, ENTITY_TYPES, type EntityType } from '../api'

/** The filter of the audit page, read from and written to the URL. */
export function useAuditFilter() {
  const { fields, set, clear, isFiltered } = useQueryState(
    'q',
    'type',
    'actor',
    'entity_type',
    'entity_id',
    'request_id',
    'range',
    'from',
    'to',
  )
  const isEntityType = (text: string): text is EntityType =>
    (ENTITY_TYPES as readonly string[]).includes(text)
  const text = (value: string) => (value.trim() === '' ? undefined : value.trim())

  /** As of now: a period that is told by its length begins anew with each search. */
  const filter = (): AuditFilter => ({
    q: text(fields.q.value),
    type: text(fields.type.value),
    actor: text(fields.actor.value),
    entity_type: isEntityType(fields.entity_type.value) ? fields.entity_type.value : undefined,
    entity_id: text(fields.entity_id.value),
    request_id: text(fields.request_id.value),
    from: isPreset(fields.range.value) ? startOf(fields.range.value, Date.now()) : text(fields.from.value),
    to: text(fields.to.value),
  })

  /** What a saved search keeps: all that is set, a period by its ends. */
  const saved = () =>
    Object.fromEntries(Object.entries(filter()).filter(([, value]) => value !== undefined)) as Record<
      string,
      string
    >

  /** Changes whenever what is asked for does. */
  const key = computed(() => JSON.stringify(Object.values(fields).map(({ value }) => value)))

  return { fields, filter, saved, key, set, clear, isFiltered }
}
