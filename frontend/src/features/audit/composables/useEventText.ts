import { useI18n } from 'vue-i18n'
import type { AuditEvent } from '../api'

/** An event as a sentence. A type that this console does not know yet is shown by its wire name. */
export function useEventText() {
  const { t, te } = useI18n()

  const type = (name: string): string => (te(`audit.type.${name}`) ? t(`audit.type.${name}`) : name)
  const actorName = (one: { type: string; id: string; name?: string }): string =>
    one.type === 'system' ? t('audit.system') : (one.name ?? one.id)
  const actor = (event: AuditEvent): string => actorName(event.actor)
  const entity = (event: AuditEvent): string => event.entity_name ?? event.entity_id

  return { type, actor, actorName, entity }
}
