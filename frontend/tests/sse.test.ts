import { expect, test } from 'vitest'
import { eventData } from '@/api/sse'

const encoder = new TextEncoder()

function stream(chunks: Uint8Array[], onCancel?: () => void): ReadableStream<Uint8Array> {
  const rest = [...chunks]
  return new ReadableStream({
    pull(controller) {
      const next = rest.shift()
      if (next === undefined) controller.close()
      else controller.enqueue(next)
    },
    cancel: onCancel,
  })
}

async function all(source: ReadableStream<Uint8Array>): Promise<string[]> {
  const found: string[] = []
  for await (const data of eventData(source)) found.push(data)
  return found
}

test('every cut of the bytes gives the same events, also inside a character', async () => {
  const bytes = encoder.encode(
    ': hi\n\ndata: {"t":"你好 🎉"}\n\nevent: x\ndata: one\r\ndata: two\r\n\r\ndata:[DONE]\n\n',
  )
  const expected = ['{"t":"你好 🎉"}', 'one\ntwo', '[DONE]']
  for (let cut = 0; cut <= bytes.length; cut++) {
    expect(await all(stream([bytes.slice(0, cut), bytes.slice(cut)]))).toEqual(expected)
  }
  expect(await all(stream(Array.from(bytes, (byte) => Uint8Array.of(byte))))).toEqual(expected)
})

test('comments and empty events are nothing; a cut-off event is dropped', async () => {
  const text = ': keep-alive\n\n\n\nevent: ping\n\ndata: whole\n\ndata: cut off'
  expect(await all(stream([encoder.encode(text)]))).toEqual(['whole'])
})

test('who stops reading cancels the stream', async () => {
  let cancelled = false
  const source = stream(
    [encoder.encode('data: a\n\n'), encoder.encode('data: b\n\n')],
    () => (cancelled = true),
  )
  for await (const data of eventData(source)) {
    expect(data).toBe('a')
    break
  }
  expect(cancelled).toBe(true)
})
