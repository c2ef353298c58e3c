import { computed, ref, shallowRef } from 'vue'
import { isAbort, type ApiError } from '@/api/problem'
import { asApiError } from '@/shared/composables/useLatest'
import { type ImportFile, importFile, type ImportMode, type Section } from './api'
import { labelsOf, refusedRows, type RowReport, rowsOf } from './rows'

/** As the server bounds a body: one file after another where there is more. */
export const MAX_BYTES = 1024 * 1024
export const MAX_ROWS = 500

/**
 * An import in its steps: a file is chosen and checked at once by a dry run, which reports each row; then it is carried
 * out. All or nothing is not begun while a row is known to be refused.
 */
export function useImport(section: () => Section, origin = globalThis.location?.origin ?? '') {
  const file = shallowRef<ImportFile>()
  const mode = ref<ImportMode>('all-or-nothing')
  const rows = shallowRef<RowReport[]>()
  const error = shallowRef<ApiError>()
  const busy = ref<'checking' | 'importing'>()
  const done = ref(false)
  let running: AbortController | undefined
  let key = ''

  const good = computed(() => rows.value?.filter(({ problems }) => problems.length === 0).length ?? 0)
  const refused = computed(() => (rows.value?.length ?? 0) - good.value)
  const mayImport = computed(
    () =>
      rows.value !== undefined &&
      busy.value === undefined &&
      !done.value &&
      good.value > 0 &&
      (refused.value === 0 || mode.value === 'best-effort'),
  )

  function reset(): void {
    running?.abort()
    file.value = undefined
    rows.value = undefined
    error.value = undefined
    busy.value = undefined
    done.value = false
  }

  async function choose(chosen: ImportFile): Promise<void> {
    reset()
    file.value = chosen
    key = randomKey()
    // Row by row, whatever the mode: the report then tells of all of them.
    await run('checking', { mode: 'best-effort', dryRun: true })
  }

  async function carryOut(): Promise<boolean> {
    if (!mayImport.value) return false
    done.value = await run('importing', {
      mode: mode.value,
      dryRun: false,
      idempotencyKey: `${key}-${mode.value}`,
    })
    return done.value
  }

  async function run(
    what: 'checking' | 'importing',
    order: Parameters<typeof importFile>[2],
  ): Promise<boolean> {
    const chosen = file.value
    if (chosen === undefined) return false
    const own = (running = new AbortController())
    busy.value = what
    error.value = undefined
    const labels = labelsOf(section(), chosen)
    try {
      const report = await importFile(section(), chosen, order, own.signal)
      if (running !== own) return false
      rows.value = rowsOf(report, labels, origin)
      return true
    } catch (cause) {
      if (running !== own || isAbort(cause)) return false
      const problem = asApiError(cause)
      error.value = problem
      // A file that is refused as a whole replaces what a check said; a broken connection does not.
      const named = refusedRows(problem, labels)
      if (named !== undefined) rows.value = named
      return false
    } finally {
      if (running === own) busy.value = undefined
    }
  }

  return { file, mode, rows, error, busy, done, good, refused, mayImport, choose, carryOut, reset }
}

/** `crypto.randomUUID` is missing over plain http. */
function randomKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('')
}
