import { BookOpenText, KeyRound, Languages, LogOut, Moon, ScrollText, Search, UserRound } from '@lucide/vue'
import { computed, ref, watch } from 'vue'
import { useI18n } from 'vue-i18n'
import { useRouter } from 'vue-router'
import { api, body } from '@/api/client'
import { useMay } from '@/shared/composables/useMay'
import { recogniseKey } from '@/shared/keys/recognise'
import { useLookup } from '@/shared/lookups/useLookup'
import { usePreferences } from '@/stores/preferences'
import { NAV } from '../nav'
import { type Entry, matching, requestId } from './entries'

const FOUND = 5
const TYPING_MS = 180

/** Everything the palette offers for what has been typed. */
export function useEntries(leave: () => void) {
  const { t } = useI18n()
  const may = useMay()
  const router = useRouter()
  const preferences = usePreferences()
  const query = ref('')

  const pages = computed<Entry[]>(() =>
    NAV.flatMap(({ group, items }) =>
      items
        .filter(({ needs }) => needs === undefined || may(needs))
        .map(({ name, icon, key }) => ({
          id: `page-${name}`,
          group: 'pages' as const,
          label: t(`nav.${name}`),
          hint: t(`nav.group.${group}`),
          icon,
          key,
          to: { name },
        })),
    ),
  )
  const actions = computed<Entry[]>(() => [
    {
      id: 'theme',
      group: 'actions',
      label: t(preferences.isDark ? 'nav.toLight' : 'nav.toDark'),
      icon: Moon,
      act: () => (preferences.theme = preferences.isDark ? 'light' : 'dark'),
    },
    {
      id: 'language',
      group: 'actions',
      label: t('nav.language'),
      icon: Languages,
      act: () => void preferences.useLocale(preferences.locale === 'en' ? 'zh-CN' : 'en'),
    },
    { id: 'profile', group: 'actions', label: t('nav.profile'), icon: UserRound, to: { name: 'profile' } },
    {
      id: 'docs',
      group: 'actions',
      label: t('nav.docs'),
      icon: BookOpenText,
      act: () => window.open('/docs', '_blank', 'noopener'),
    },
    { id: 'logout', group: 'actions', label: t('nav.logout'), icon: LogOut, act: leave },
  ])

  /** Names on the platform; each kind asked only of who may list it. */
  const lookup = useLookup<Entry>(async (q, signal) => {
    if (q === undefined) return []
    const params = { query: { q, limit: FOUND } }
    const people = may('people:read') ? body(api.GET('/users', { params, signal })) : undefined
    const [users, keys, models] = await Promise.all([
      people,
      body(api.GET('/api-keys', { params, signal })),
      body(api.GET('/models', { params, signal })),
    ])
    const found = (id: string, label: string, page: string, to: Entry['to']): Entry => {
      const icon = NAV.flatMap(({ items }) => items).find(({ name }) => name === page)?.icon ?? Search
      return { id, group: 'found', label, hint: t(`nav.${page}`), icon, to }
    }
    return [
      ...models.data.map(({ id, name }) => found(id, name, 'models', { name: 'models', query: { q: name } })),
      ...keys.data.map(({ id, name, prefix }) =>
        found(id, `${name} · ${prefix}…`, 'api-keys', { name: 'api-keys', query: { q: prefix } }),
      ),
      ...(users?.data ?? []).map(({ id, username, display_name: shown }) =>
        found(id, shown ? `${shown} · ${username}` : username, 'users', {
          name: 'users',
          query: { q: username },
        }),
      ),
    ]
  })

  let timer: ReturnType<typeof setTimeout> | undefined
  watch(query, (text) => {
    // A whole key that is pasted stays in this browser: only its visible beginning goes on.
    const key = recogniseKey(text)
    if (key !== undefined) query.value = key.prefix
    clearTimeout(timer)
    lookup.options.value = []
    const typed = query.value.trim()
    if (typed.length > 1 && requestId(typed) === undefined)
      timer = setTimeout(() => void lookup.search(typed), TYPING_MS)
  })

  const recognized = computed<Entry[]>(() => {
    const request = requestId(query.value)
    if (request === undefined) return []
    const entry = (name: string, icon: Entry['icon'], to: Entry['to']): Entry => ({
      id: `${name}-${request}`,
      group: 'found',
      label: request,
      hint: t(`nav.${name}`),
      icon,
      to,
    })
    return [
      entry('usage', KeyRound, { name: 'usage', query: { request_id: request } }),
      ...(may('audit:read')
        ? [entry('audit', ScrollText, { name: 'audit', query: { request_id: request } })]
        : []),
      ...(may('system:read')
        ? [entry('logs', Search, { name: 'logs', query: { request_id: request } })]
        : []),
    ]
  })

  const searches = computed<Entry[]>(() => {
    const q = query.value.trim()
    if (q === '' || requestId(q) !== undefined || !may('audit:read')) return []
    return [
      {
        id: 'search-audit',
        group: 'found',
        label: t('finder.searchAudit', { q }),
        icon: ScrollText,
        to: { name: 'audit', query: { q } },
      },
    ]
  })

  const entries = computed<Entry[]>(() => [
    ...recognized.value,
    ...matching(pages.value, query.value),
    ...lookup.options.value,
    ...searches.value,
    ...matching(actions.value, query.value),
  ])

  function run(entry: Entry): void {
    if (entry.to !== undefined) void router.push(entry.to)
    else entry.act?.()
  }

  return { query, entries, pages, searching: lookup.loading, run }
}
