import { computed, reactive, watch } from 'vue'
import { useLatest } from '@/shared/composables/useLatest'
import { useQueryState } from '@/shared/composables/useQueryState'
import { type OtherPrices, whatIf } from '../api'
import type { UsageFilterState } from './useUsageFilter'

const FIELDS = ['prices_of', 'input', 'output', 'cached_input', 'currency', 'budget'] as const
type Field = (typeof FIELDS)[number]
const AMOUNT = /^\d{1,10}(\.\d{1,10})?$/

export interface WhatIfForm extends Record<Field, string> {
  mode: 'model' | 'rates' | 'billed'
}

/** What is asked of the server; nothing while the form says nothing, or not enough. */
export function askedPrices(form: WhatIfForm): OtherPrices | undefined {
  const amount = (value: string) => (AMOUNT.test(value.trim()) ? value.trim() : undefined)
  const currency = /^[A-Z]{3}$/.test(form.currency) ? form.currency : 'USD'
  const budget = amount(form.budget)
  const limit = budget === undefined ? {} : { budget, budget_currency: currency }
  if (form.mode === 'model')
    return form.prices_of === '' ? undefined : { prices_of: form.prices_of, ...limit }
  if (form.mode === 'billed') return budget === undefined ? undefined : limit
  const input = amount(form.input)
  const output = amount(form.output)
  if (input === undefined || output === undefined) return undefined
  return { currency, input, output, cached_input: amount(form.cached_input), ...limit }
}

/** Other prices, or a budget, for the period of the page. What was asked stands in the URL, so that it can be sent to somebody. */
export function useWhatIf(filter: UsageFilterState) {
  const { fields, set } = useQueryState('what', ...FIELDS)
  const form = reactive<WhatIfForm>({
    mode: (['model', 'rates', 'billed'] as const).find((one) => one === fields.what.value) ?? 'model',
    prices_of: fields.prices_of.value,
    input: fields.input.value,
    output: fields.output.value,
    cached_input: fields.cached_input.value,
    currency: fields.currency.value || 'USD',
    budget: fields.budget.value,
  })
  const asked = computed(() => askedPrices(form))
  const { data, error, loading, run } = useLatest((signal, prices: OtherPrices) =>
    whatIf(filter.filter(), prices, signal),
  )

  function ask(): void {
    const prices = asked.value
    if (prices === undefined) return
    set({
      what: form.mode,
      ...Object.fromEntries(FIELDS.map((name) => [name, form[name]])),
      currency: form.currency === 'USD' ? undefined : form.currency,
    })
    void run(prices)
  }

  // A link that brought the question is answered at once; another period asks the same again.
  if (fields.what.value !== '') ask()
  watch(filter.key, () => {
    if (data.value !== undefined) ask()
  })

  return { form, asked, data, error, loading, ask }
}
