import { useI18n } from 'vue-i18n'

/** A rate as it was set: all its decimals, never rounded. */
export function useRate(): (value: number, currency: string) => string {
  const { locale } = useI18n()
  return (value, currency) =>
    new Intl.NumberFormat(locale.value, {
      style: 'currency',
      currency,
      currencyDisplay: 'narrowSymbol',
      minimumFractionDigits: 2,
      maximumFractionDigits: 10,
    }).format(value)
}
