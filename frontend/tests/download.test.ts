import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { configureClient } from '@/api/client'
import { download, type Progress } from '@/api/download'
import { ApiError } from '@/api/problem'

const encoder = new TextEncoder()
let answer: () => Response

beforeEach(() => {
  configureClient({
    accessToken: async () => 'token-1',
    renewedToken: async () => undefined,
    onUnauthorized: () => {},
  })
  vi.stubGlobal('fetch', () => Promise.resolve().then(answer))
})
afterEach(() => vi.unstubAllGlobals())

function file(parts: string[], type: string, rows: number): () => Response {
  return () => {
    const body = new ReadableStream({
      start(controller) {
        for (const part of parts) controller.enqueue(encoder.encode(part))
        controller.close()
      },
    })
    return new Response(body, {
      headers: {
        'Content-Type': type,
        'X-Export-Rows': String(rows),
        'Content-Disposition': 'attachment; filename="usage-requests.csv"',
      },
    })
  }
}

async function fetched(ends: boolean) {
  const seen: Progress[] = []
  const signal = new AbortController().signal
  const done = await download('/x', { ends, signal, onProgress: (now) => seen.push(now) })
  return { done, rows: seen.map(({ rows }) => rows) }
}

test('rows of a table are counted as they come, line feeds inside of a text are not', async () => {
  answer = file(
    ['request_id,reason\r\na,"two\r\nlines"\r\n', 'b,c\r\n', '"#end",2\r\n'],
    'text/csv;charset=UTF-8',
    2,
  )
  const { done, rows } = await fetched(true)
  expect(rows).toEqual([0, 1, 2])
  expect(done.name).toBe('usage-requests.csv')
  expect((await done.blob.text()).startsWith('request_id')).toBe(true)
  expect(done.progress.rows).toBe(2)
})

test('lines need no head', async () => {
  answer = file(['{"a":1}\n', '{"a":2}\n'], 'application/jsonl', 2)
  expect((await fetched(false)).rows).toEqual([1, 2])
})

test('a file without its end was cut', async () => {
  answer = file(['{"a":1}\n'], 'application/x-ndjson', 2)
  await expect(fetched(true)).rejects.toBeInstanceOf(ApiError)
  answer = file(['{"a":1}\n', '{"end":true,"rows":1}\n'], 'application/x-ndjson', 1)
  expect((await fetched(true)).done.progress.rows).toBe(1)
})

test('a refusal is told as one', async () => {
  answer = () => new Response(JSON.stringify({ title: 'busy', status: 503 }), { status: 503 })
  await expect(fetched(true)).rejects.toMatchObject({ kind: 'unavailable' })
})
