import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { isZone, useTimeZone } from '@/shared/time/zone'

const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
]

/** Making the formats takes a browser half a millisecond: a list of a thousand cells shares them. */
const known = new Map<string, ReturnType<typeof createFormats>>()

function formatsOf(locale: string, zone: string) {
  const name = `${locale} ${zone}`
  let formats = known.get(name)
  if (formats === undefined)
    known.set(name, (formats = createFormats(locale, isZone(zone) ? zone : undefined)))
  return formats
}

/** Numbers, money and times in the language of the console. */
export function useFormat() {
  const { locale } = useI18n()
  const zone = useTimeZone()
  const formats = computed(() => formatsOf(locale.value, zone.value))
  return {
    integer: (value: number) => formats.value.integer.format(value),
    compact: (value: number) => formats.value.compact(value),
    percent: (value: number | null | undefined) =>
      value == null ? '–' : formats.value.percent.format(value),
    /** Of a whole, for columns: no more than one decimal. */
    share: (value: number) => formats.value.share.format(value),
    /** Up to one decimal. */
    decimal: (value: number) => formats.value.decimal.format(value),
    money: (value: number, currency: string) => formats.value.money(value, currency),
    preciseMoney: (value: number, currency: string) => formats.value.preciseMoney(value, currency),
    duration: (ms: number | null | undefined) => (ms == null ? '–' : formats.value.duration(ms)),
    dateTime: (at: string | number | Date) => formats.value.dateTime.format(new Date(at)),
    /** Without seconds, and without the year: for spans within reach. */
    minute: (at: string | number | Date) => formats.value.minute.format(new Date(at)),
    time: (at: string | number | Date) => formats.value.time.format(new Date(at)),
    dayMonth: (at: string | number | Date) => formats.value.dayMonth.format(new Date(at)),
    utcDay: (at: string | number | Date) => formats.value.utcDay.format(new Date(at)),
    utcDayMonth: (at: string | number | Date) => formats.value.utcDayMonth.format(new Date(at)),
    relative: (at: string | number | Date, now = Date.now()) =>
      formats.value.relative(new Date(at).getTime(), now),
  }
}

/** Exported for tests: no Vue in it. Without a time zone, that of the browser. */
export function createFormats(locale: string, timeZone?: string) {
  const integer = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 })
  const short = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 })
  const seconds = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 })
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' })
  const currencies = new Map<string, Intl.NumberFormat>()

  function amount(value: number, currency: string, least: number, most: number): string {
    const name = `${currency} ${least} ${most}`
    let format = currencies.get(name)
    if (format === undefined) {
      format = new Intl.NumberFormat(locale, {
        style: 'currency',
        currency,
        currencyDisplay: 'narrowSymbol',
        minimumFractionDigits: least,
        maximumFractionDigits: most,
      })
      currencies.set(name, format)
    }
    return format.format(value)
  }

  return {
    integer,
    percent: new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 }),
    share: new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }),
    decimal: new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }),
    dateTime: new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium', timeZone }),
    minute: new Intl.DateTimeFormat(locale, {
      month: 'short',
      day: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      hour12: false,
      timeZone,
    }),
    time: new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hour12: false, timeZone }),
    dayMonth: new Intl.DateTimeFormat(locale, { month: 'short', day: 'numeric', timeZone }),
    /** For intervals of a day, which the server cuts in UTC: local time would name the day before, west of it. */
    utcDay: new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }),
    utcDayMonth: new Intl.DateTimeFormat(locale, { month: 'short', day: 'numeric', timeZone: 'UTC' }),
    /** 12,345 stays exact; what does not fit a tile is shortened. */
    compact: (value: number) => (Math.abs(value) < 100_000 ? integer.format(value) : short.format(value)),
    /** Single calls cost fractions of a cent: keep two significant digits of those. */
    money(value: number, currency: string) {
      const digits =
        value === 0 || Math.abs(value) >= 1 ? 2 : Math.min(10, 1 - Math.floor(Math.log10(Math.abs(value))))
      return amount(value, currency, 2, Math.max(2, digits))
    },
    /** For columns: every amount with the same six decimals, so that they can be compared by eye. */
    preciseMoney: (value: number, currency: string) =>
      amount(value, currency, 6, value > 0 && value < 1e-6 ? 10 : 6),
    duration: (ms: number) => (ms < 1_000 ? `${integer.format(ms)} ms` : `${seconds.format(ms / 1000)} s`),
    relative(at: number, now: number) {
      const ahead = (at - now) / 1000
      // The page's clock moves every ten seconds: what has just happened must not lie in the future.
      const distance = ahead > 0 && ahead < 15 ? 0 : ahead
      const [unit, size] = UNITS.find(([, size]) => Math.abs(distance) >= size) ?? ['second', 1]
      return relative.format(Math.trunc(distance / size), unit)
    },
  }
}
