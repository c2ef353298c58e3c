import { computed, watch } from 'vue'
import { useRoute } from 'vue-router'
import { useLatest } from '@/shared/composables/useLatest'
import { usePagedList } from '@/shared/composables/usePagedList'
import { useQueryState } from '@/shared/composables/useQueryState'
import {
  type ConfiguredType,
  type EntityAt,
  entityAt,
  isConfigured,
  type Moment,
  type Schemas,
  timeline,
} from '../api'

type Step = Schemas['EntityTimeline']['data'][number]

/** An entity's whole course, and what it was at one moment of it, beside what it is now. */
export function useTimeMachine() {
  const route = useRoute()
  const { fields, set } = useQueryState('at', 'position')
  const id = computed(() => String(route.params.id))
  const type = computed<ConfiguredType | undefined>(() => {
    const name = String(route.params.type)
    return isConfigured(name) ? name : undefined
  })

  /** One of both; an event that was picked is told by its position, since several may share a millisecond. */
  const moment = computed<Moment>(() => {
    if (/^\d+$/.test(fields.position.value)) return { position: Number(fields.position.value) }
    return fields.at.value === '' ? {} : { at: fields.at.value }
  })
  const isPast = computed(() => fields.at.value !== '' || fields.position.value !== '')

  const past = useLatest((signal, of: ConfiguredType): Promise<EntityAt> =>
    entityAt(of, id.value, moment.value, signal),
  )
  const now = useLatest((signal, of: ConfiguredType): Promise<EntityAt> => entityAt(of, id.value, {}, signal))
  const steps = usePagedList<Step>((signal, cursor) =>
    timeline(type.value ?? 'user', id.value, cursor, signal),
  )

  watch(
    [type, id],
    ([of]) => {
      if (of === undefined) return
      void now.run(of)
      void steps.reload()
    },
    { immediate: true },
  )
  watch(
    [type, id, moment],
    ([of]) => {
      past.data.value = undefined
      if (of !== undefined && isPast.value) void past.run(of)
    },
    { immediate: true },
  )

  return {
    type,
    id,
    isPast,
    past,
    now,
    steps,
    at: computed({
      get: () => fields.at.value,
      set: (at) => set({ at: at || undefined, position: undefined }),
    }),
    /** Right after an event. */
    pick: (position: number) => set({ at: undefined, position: String(position) }),
    picked: computed(() => (fields.position.value === '' ? undefined : Number(fields.position.value))),
  }
}
