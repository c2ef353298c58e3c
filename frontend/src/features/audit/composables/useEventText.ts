import { useI18n } from 'vue-i18n'
import type { AuditEvent } from '../api'

/** An event as a sentence. A type that this console does not know yet is shown by its wire name. */
export function useEventText() {
  const { t, te } = useI18n()

  const type = (name: string): string => (te(`audit.type.${name}`) ? t(`audit.type.${name}`) : name)
  const actor = (event: AuditEvent): string =>
    event.actor.type === 'system' ? t('audit.system') : (event.actor.name ?? event.actor.id)
  const entity = (event: AuditEvent): string => event.entity_name ?? event.entity_id

  return { type, actor, entity }
}
