import { computed, reactive, ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { useLatest } from '@/shared/composables/useLatest'
import { useWrite } from '@/shared/composables/useWrite'
import { addPrice, correctPrice, findPrices, type Model, type PriceVersion, type Rates } from '../api'

export const RATES = [
  'input',
  'output',
  'cached_input',
  'cache_write',
  'reasoning',
  'image_input',
  'image_output',
  'audio_input',
  'audio_output',
  'request',
] as const
type Rate = (typeof RATES)[number]

/** Null or undefined: the number input is empty. */
export type RatesForm = { currency: string; from: Date | null } & Record<Rate, number | null | undefined>

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
  const isComplete = computed(
    () => /^[A-Z]{3}$/.test(form.currency) && form.input != null && form.output != null,
  )

  function begin(): Promise<void> {
    reset()
    forget()
    return run()
  }

  function forget(): void {
    corrected.value = undefined
    Object.assign(form, blank())
  }

  /** The form then holds what was wrong. */
  function correct(version: PriceVersion): void {
    Object.assign(form, blank(), version.rates)
    corrected.value = version
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
    error,
    loading,
    refusal,
    busy,
    form,
    corrected,
    isComplete,
    begin,
    forget,
    correct,
    submit,
    run,
  }
}

function blank(): RatesForm {
  const none = Object.fromEntries(RATES.map((rate) => [rate, undefined])) as Record<Rate, undefined>
  return { ...none, currency: 'USD', from: null }
}
