import { afterEach, describe, expect, it, vi } from 'vitest'
import { effectScope } from 'vue'
import { usePrices } from '@/features/models/composables/usePrices'
import { useSettingsForm } from '@/features/settings/composables/useSettingsForm'

vi.mock('vue-i18n', () => ({ useI18n: () => ({ t: (key: string) => key, te: () => true }) }))
vi.mock('element-plus', () => ({ ElMessage: { success: () => {}, error: () => {} } }))

afterEach(() => vi.unstubAllGlobals())

describe('settings', () => {
  it('send what was changed, and clear what was emptied', () => {
    const { form, reset, changes, changed } = useSettingsForm()
    reset({ version: 3, max_attempts: 2, response_cache: false, default_key_limits: { concurrency: 4 } })
    expect(form).toMatchObject({ max_attempts: 2, response_cache: false, concurrency: 4 })
    expect(changes()).toEqual({})

    Object.assign(form, { max_attempts: null, requests_per_minute: 60, response_cache: true })
    Object.assign(form, { usage_retention_months: 13, journal_fsync_always: true })
    expect(changed.value).toHaveLength(5)
    expect(changes()).toEqual({
      max_attempts: null,
      usage_retention_months: 13,
      journal_fsync_always: true,
      response_cache: null,
      default_key_limits: { concurrency: 4, requests_per_minute: 60 },
    })

    reset({ default_key_limits: { concurrency: 4 } })
    form.concurrency = null
    expect(changes()).toEqual({ default_key_limits: null })
  })

  it('go back one by one or all at once, and know what the server would refuse', () => {
    const { form, reset, undo, changed, wrong } = useSettingsForm()
    reset({ max_attempts: 2 })
    Object.assign(form, { max_attempts: 11, reserved_completion_tokens: 1.5, concurrency: 3 })
    expect(wrong.value).toEqual(['max_attempts', 'reserved_completion_tokens'])
    undo('max_attempts')
    expect(form.max_attempts).toBe(2)
    expect(changed.value).toEqual(['reserved_completion_tokens', 'concurrency'])
    undo()
    expect(changed.value).toEqual([])
  })
})

describe('prices', () => {
  const version = (number: number, from: string) => ({
    book_id: 'prc_1',
    number,
    state: 'past',
    effective_from: from,
    rates: { currency: 'EUR', input: number, output: 1 },
  })

  it('are shown by their beginning, and a correction begins with what was wrong', async () => {
    const sent: { url: string; body: unknown }[] = []
    vi.stubGlobal('fetch', async (request: Request) => {
      if (request.method === 'POST') {
        sent.push({ url: new URL(request.url).pathname, body: await request.json() })
        return Response.json({ id: 'prc_1', version: 3 })
      }
      return Response.json({ data: [version(2, '2027-01-01T00:00:00Z'), version(1, '2027-02-01T00:00:00Z')] })
    })
    const prices = effectScope().run(() => usePrices(() => ({ id: 'mdl_1' }) as never))!
    await prices.begin()
    expect(prices.versions.value.map(({ number }) => number)).toEqual([1, 2])
    expect(await prices.submit()).toBe(false)

    prices.correct(prices.versions.value[1]!)
    expect(prices.form).toMatchObject({ currency: 'EUR', input: 2, output: 1 })
    prices.form.output = 5
    expect(await prices.submit()).toBe(true)
    prices.form.input = 1
    prices.form.output = 0
    prices.form.from = new Date('2027-03-01T00:00:00Z')
    expect(await prices.submit()).toBe(true)

    expect(sent).toEqual([
      {
        url: '/api/admin/v1/prices/prc_1/correct',
        body: { corrects: 2, rates: { currency: 'EUR', input: 2, output: 5 } },
      },
      {
        url: '/api/admin/v1/prices',
        body: {
          model_id: 'mdl_1',
          effective_from: '2027-03-01T00:00:00.000Z',
          rates: { currency: 'USD', input: 1, output: 0 },
        },
      },
    ])
  })
})
