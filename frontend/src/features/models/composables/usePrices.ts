import { computed, reactive, ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { useLatest } from '@/shared/composables/useLatest'
import { useWrite } from '@/shared/composables/useWrite'
import { addPrice, correctPrice, findPrices, type Model, type PriceVersion, type Rates, whatIf } from '../api'
import { decimal, differences, type Rate, RATES } from '../prices'

/** Null or undefined: the number input is empty. */
export type RatesForm = { currency: string; from: Date | null } & Record<Rate, number | null | undefined>

const DAYS_30 = 30 * 86_400_000

/** The versions of one model's prices, the newest beginning first, and what is written into the form for the next one. */
export function usePrices(model: () => Model | undefined) {
  const { t } = useI18n()
  const { busy, error: refusal, write, reset } = useWrite()
  const { data, error, loading, run } = useLatest((signal) => findPrices(model()?.id ?? '', signal))
  const form = reactive<RatesForm>(blank())
  const corrected = ref<PriceVersion>()

  const versions = computed(() =>
    (data.value?.data ?? []).toSorted(
      (a, b) => Date.parse(b.effective_from) - Date.parse(a.effective_from) || b.number - a.number,
    ),
  )
  const inForce = computed(() => versions.value.find(({ state }) => state === 'in_force'))
  const isComplete = computed(
    () => /^[A-Z]{3}$/.test(form.currency) && form.input != null && form.output != null,
  )
  /** What the form would change: of the version that it corrects, else of what is in force. */
  const changes = computed(() =>
    isComplete.value ? differences((corrected.value ?? inForce.value)?.rates ?? model()?.price, form) : [],
  )

  const trial = useLatest((signal) => {
    const from = new Date(Math.floor((Date.now() - DAYS_30) / 60_000) * 60_000).toISOString()
    const given = (['input', 'output', 'cached_input', 'reasoning', 'request'] as const)
      .filter((rate) => form[rate] != null)
      .map((rate) => [rate, decimal(form[rate]!)])
    const query = { from, model: model()?.name, currency: form.currency, ...Object.fromEntries(given) }
    return whatIf(query, signal)
  })

  function begin(): Promise<void> {
    reset()
    forget()
    return run()
  }

  function forget(): void {
    corrected.value = undefined
    trial.data.value = undefined
    Object.assign(form, blank())
  }

  /** The form then holds what was wrong. */
  function correct(version: PriceVersion): void {
    startFrom(version.rates)
    corrected.value = version
  }

  function startFrom(from: Rates): void {
    Object.assign(form, blank(), from)
  }

  function rates(): Rates {
    const given = RATES.filter((rate) => form[rate] != null).map((rate) => [rate, form[rate]])
    return { currency: form.currency, ...Object.fromEntries(given) } as Rates
  }

  async function submit(): Promise<boolean> {
    const of = model()
    if (!isComplete.value || of === undefined) return false
    const wrong = corrected.value
    const effective_from = form.from?.toISOString()
    const done = await write(
      () =>
        wrong === undefined
          ? addPrice({ model_id: of.id, effective_from, rates: rates() })
          : correctPrice(wrong.book_id, { corrects: wrong.number, effective_from, rates: rates() }),
      t('common.saved'),
      true,
    )
    if (done === undefined) return false
    forget()
    await run()
    return true
  }

  return {
    versions,
    inForce,
    error,
    loading,
    refusal,
    busy,
    form,
    corrected,
    isComplete,
    changes,
    trial,
    begin,
    forget,
    correct,
    startFrom,
    submit,
    run,
  }
}

function blank(): RatesForm {
  const none = Object.fromEntries(RATES.map((rate) => [rate, undefined])) as Record<Rate, undefined>
  return { ...none, currency: 'USD', from: null }
}
