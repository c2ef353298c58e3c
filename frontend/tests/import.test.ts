import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { csvCell } from '@/shared/download'
import { csv, labelsOf } from '@/shared/transfer/rows'
import { useImport } from '@/shared/transfer/useImport'

const FILE = { name: 'people.csv', format: 'csv' as const, text: 'username,email\nada,a@x\nbob,b@x\n' }
const calls: { url: string; type: string | null; key: string | null; body: string }[] = []
let answers: (() => Response)[] = []

beforeEach(() => {
  calls.length = 0
  vi.stubGlobal('fetch', async (request: Request) => {
    const { headers } = request
    const url = new URL(request.url)
    calls.push({
      url: url.pathname.replace('/api/admin/v1', '') + url.search,
      type: headers.get('content-type'),
      key: headers.get('idempotency-key'),
      body: await request.text(),
    })
    const answer = answers.shift()
    if (answer === undefined) throw new Error('nothing more was expected')
    return answer()
  })
})
afterEach(() => vi.unstubAllGlobals())

const json =
  (body: unknown, status = 200) =>
  () =>
    new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })
const report = (rows: unknown[]) => json({ mode: 'best-effort', created: 0, failed: 0, rows })

test('a file is checked before it is imported, as it is', async () => {
  answers = [
    report([
      { row: 0, id: 'u1', version: 0 },
      { row: 1, id: 'u2', version: 0 },
    ]),
    report([{ row: 0, id: 'u1' }]),
  ]
  const { choose, carryOut, rows, mayImport, done, good } = useImport(() => 'users', 'http://x')
  await choose(FILE)
  expect(calls[0]).toMatchObject({
    url: '/imports/users?mode=best-effort&dry_run=true',
    type: 'text/csv',
    key: null,
  })
  expect(calls[0]?.body).toBe(FILE.text)
  expect(rows.value?.map(({ label }) => label)).toEqual(['ada', 'bob'])
  expect([good.value, mayImport.value]).toEqual([2, true])
  expect(await carryOut()).toBe(true)
  expect(calls[1]?.url).toBe('/imports/users?mode=all-or-nothing&dry_run=false')
  expect(calls[1]?.key).toMatch(/^[0-9a-f]{32}-all-or-nothing$/)
  expect([done.value, mayImport.value]).toEqual([true, false])
})

test('all or nothing is not begun with a row that is refused; the others are, when that is wanted', async () => {
  const refused = { row: 1, problem: 'name-taken', detail: 'taken' }
  answers = [
    report([{ row: 0, id: 'u1' }, refused]),
    report([
      { row: 0, id: 'u1', invitation: { token: 't', link: '/invitation#inv_1', expires_at: '' } },
      refused,
    ]),
  ]
  const { choose, carryOut, rows, mayImport, mode, refused: count } = useImport(() => 'users', 'http://x')
  await choose(FILE)
  expect([count.value, mayImport.value]).toEqual([1, false])
  expect(rows.value?.[1]).toMatchObject({ label: 'bob', problems: ['taken'] })
  expect(await carryOut()).toBe(false)
  mode.value = 'best-effort'
  expect(await carryOut()).toBe(true)
  expect(rows.value?.[0]?.secret).toBe('http://x/invitation#inv_1')
})

test('a refusal of the whole names its rows; a broken connection can be tried again under the same key', async () => {
  const problem = {
    type: 'x',
    title: 'x',
    status: 400,
    errors: [{ field: 'rows[1].email', message: 'no address' }],
  }
  const { choose, carryOut, rows, error, mayImport } = useImport(() => 'users', 'http://x')
  const good = report([{ row: 0, id: 'u1' }])
  answers = [
    good,
    () => {
      throw new TypeError('gone')
    },
    json(problem, 400),
  ]
  await choose(FILE)
  expect(await carryOut()).toBe(false)
  expect([error.value?.kind, mayImport.value]).toEqual(['offline', true])
  expect(await carryOut()).toBe(false)
  expect(calls[2]?.key).toBe(calls[1]?.key)
  expect(rows.value).toEqual([{ row: 1, label: 'bob', problems: ['email: no address'] }])
})

test('names are found in CSV as in JSON', () => {
  expect(csv('\uFEFFa,b\r\n"1,""x""",\n\n"two\nlines",3')).toEqual([
    ['a', 'b'],
    ['1,"x"', ''],
    ['two\nlines', '3'],
  ])
  expect(labelsOf('api-keys', { name: '', format: 'json', text: '[{"name":"k"},{},7]' })).toEqual([
    'k',
    '',
    '',
  ])
  expect(labelsOf('users', { name: '', format: 'json', text: 'nonsense' })).toEqual([])
})

test('a cell is quoted, and no formula', () => {
  expect([csvCell('a,"b"'), csvCell('=1+1'), csvCell('plain')]).toEqual(['"a,""b"""', "'=1+1", 'plain'])
})
