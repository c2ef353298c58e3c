import { afterEach, expect, test, vi } from 'vitest'
import { effectScope } from 'vue'
import { ChatError } from '@/features/playground/chat'
import { useConversation } from '@/features/playground/composables/useConversation'

const PARAMETERS = { model: 'gpt-4o', system: 'Be brief.' }

afterEach(() => vi.unstubAllGlobals())

function answers(...responses: (() => Response | Promise<Response>)[]) {
  const bodies: Record<string, unknown>[] = []
  const requests: RequestInit[] = []
  vi.stubGlobal('fetch', async (_: string, init: RequestInit) => {
    requests.push(init)
    bodies.push(JSON.parse(init.body as string))
    return responses.shift()?.()
  })
  return { bodies, requests }
}

function streamed(...data: unknown[]): Response {
  const text = data.map((one) => `data: ${typeof one === 'string' ? one : JSON.stringify(one)}\n\n`).join('')
  return new Response(text, { headers: { 'x-request-id': 'req_1' } })
}

const delta = (content: string) => ({ choices: [{ delta: { content } }] })

function conversation() {
  let tick = 0
  return effectScope().run(() =>
    useConversation(
      () => Promise.resolve('jwt'),
      () => (tick += 10),
    ),
  )!
}

test('an answer streams in with its tokens, times and request id', async () => {
  const usage = { prompt_tokens: 7, completion_tokens: 2 }
  const { bodies, requests } = answers(() =>
    streamed(
      delta('Hel'),
      delta('lo'),
      { choices: [{ delta: {}, finish_reason: 'stop' }] },
      { choices: [], usage },
      '[DONE]',
    ),
  )
  const chat = conversation()
  await chat.send('Hi', PARAMETERS)
  expect(chat.turns.value[1]).toMatchObject({
    content: 'Hello',
    state: 'done',
    usage,
    finish: 'stop',
    requestId: 'req_1',
    ttftMs: 10,
    totalMs: 20,
  })
  expect(new Headers(requests[0]?.headers).get('Authorization')).toBe('Bearer jwt')
  expect(bodies[0]).toEqual({
    model: 'gpt-4o',
    messages: [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Hi' },
    ],
    stream: true,
    stream_options: { include_usage: true },
  })
})

test('a refusal keeps the words of the gateway, and the failed answer is no part of the talk', async () => {
  const envelope = {
    error: {
      message: 'Rate limit reached',
      type: 'rate_limit_error',
      param: null,
      code: 'rate_limit_exceeded',
    },
  }
  const { bodies } = answers(
    () => new Response(JSON.stringify(envelope), { status: 429, headers: { 'x-request-id': 'req_2' } }),
    () => streamed(delta('ok'), '[DONE]'),
  )
  const chat = conversation()
  await chat.send('Hi', PARAMETERS)
  const failed = chat.turns.value[1]
  expect(failed).toMatchObject({ state: 'failed', requestId: 'req_2' })
  expect(failed?.error).toBeInstanceOf(ChatError)
  expect(failed?.error).toMatchObject({
    message: 'Rate limit reached',
    status: 429,
    code: 'rate_limit_exceeded',
  })
  await chat.send('Again', PARAMETERS)
  expect((bodies[1]!.messages as { role: string }[]).map(({ role }) => role)).toEqual([
    'system',
    'user',
    'user',
  ])
})

test('a stream without its end, or with an error in it, is a failure and keeps what came', async () => {
  answers(
    () => streamed(delta('half')),
    () => streamed(delta('part'), { error: { message: 'upstream broke', code: 'upstream_error' } }, '[DONE]'),
  )
  const chat = conversation()
  await chat.send('1', PARAMETERS)
  expect(chat.turns.value[1]).toMatchObject({
    content: 'half',
    state: 'failed',
    error: { code: 'stream_cut' },
  })
  await chat.send('2', PARAMETERS)
  expect(chat.turns.value[3]).toMatchObject({
    content: 'part',
    state: 'failed',
    error: { message: 'upstream broke' },
  })
})

test('stop ends the request and keeps what came', async () => {
  const { requests } = answers(() => {
    const source = new ReadableStream<Uint8Array>({
      start(controller) {
        requests[0]?.signal?.addEventListener('abort', () =>
          controller.error(new DOMException('stopped', 'AbortError')),
        )
        controller.enqueue(new TextEncoder().encode(`data: ${JSON.stringify(delta('so far'))}\n\n`))
      },
    })
    return new Response(source)
  })
  const chat = conversation()
  const sent = chat.send('Hi', PARAMETERS)
  await vi.waitFor(() => expect(chat.turns.value[1]?.content).toBe('so far'))
  expect(chat.running.value).toBe(true)
  chat.stop()
  await sent
  expect(chat.turns.value[1]).toMatchObject({ content: 'so far', state: 'stopped' })
  expect(chat.running.value).toBe(false)
})
