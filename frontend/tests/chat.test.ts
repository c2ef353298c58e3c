import { afterEach, expect, test, vi } from 'vitest'
import { effectScope } from 'vue'
import { usePlayground } from '@/features/playground/composables/usePlayground'
import type { Prompt } from '@/features/playground/request'

const ASKED = { system: 'Be brief.', fields: {} }
const say = (text: string): Prompt => ({ text, images: [] })

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
const toolDelta = (call: object) => ({ choices: [{ delta: { tool_calls: [call] } }] })
const end = (finish_reason: string) => ({ choices: [{ delta: {}, finish_reason }] })

function playground(...models: string[]) {
  let tick = 0
  const made = effectScope().run(() =>
    usePlayground(
      () => Promise.resolve('jwt'),
      () => (tick += 10),
    ),
  )!
  made.lanes.value[0]!.model = models[0] ?? 'gpt-4o'
  for (const model of models.slice(1)) made.addLane(model)
  return made
}

const step = (made: ReturnType<typeof playground>, lane = 'a', round = -1) =>
  made.rounds.value.at(round)?.steps[lane]?.at(-1)

test('an answer streams in with its tokens, times and request id', async () => {
  const usage = { prompt_tokens: 7, completion_tokens: 2 }
  const { bodies, requests } = answers(() =>
    streamed(delta('Hel'), delta('lo'), end('stop'), { choices: [], usage }, '[DONE]'),
  )
  const chat = playground()
  await chat.send(say('Hi'), { ...ASKED, fields: { temperature: 0, stop: ['x'] } })
  expect(step(chat)).toMatchObject({
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
    temperature: 0,
    stop: ['x'],
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
  const chat = playground()
  await chat.send(say('Hi'), ASKED)
  expect(step(chat)).toMatchObject({
    state: 'failed',
    requestId: 'req_2',
    error: { message: 'Rate limit reached', status: 429, code: 'rate_limit_exceeded' },
  })
  await chat.send(say('Again'), ASKED)
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
  const chat = playground()
  await chat.send(say('1'), ASKED)
  expect(step(chat)).toMatchObject({ content: 'half', state: 'failed', error: { code: 'stream_cut' } })
  await chat.send(say('2'), ASKED)
  expect(step(chat)).toMatchObject({ content: 'part', state: 'failed', error: { message: 'upstream broke' } })
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
  const chat = playground()
  const sent = chat.send(say('Hi'), ASKED)
  await vi.waitFor(() => expect(step(chat)?.content).toBe('so far'))
  expect(chat.isRunning.value).toBe(true)
  chat.stop()
  await sent
  expect(step(chat)).toMatchObject({ content: 'so far', state: 'stopped' })
  expect(chat.isRunning.value).toBe(false)
})

test('several models get the same prompt and keep their own history; one that joins later knows nothing', async () => {
  const { bodies } = answers(
    ...['one', 'two', 'three', 'four'].map((text) => () => streamed(delta(text), '[DONE]')),
  )
  const chat = playground('x')
  await chat.send(say('First'), ASKED)
  chat.addLane('y')
  await chat.send(say('Second'), ASKED)
  const sent = (index: number) =>
    (bodies[index]!.messages as { content: string }[]).map(({ content }) => content)
  expect(sent(1)).toEqual(['Be brief.', 'First', 'one', 'Second'])
  expect([bodies[2]!.model, sent(2)]).toEqual(['y', ['Be brief.', 'Second']])

  chat.removeLane('a')
  expect(chat.lanes.value.map(({ model }) => model)).toEqual(['y'])
  await chat.again(chat.lanes.value[0]!, ASKED)
  expect(sent(3)).toEqual(['Be brief.', 'Second'])
  expect(step(chat, 'b')?.content).toBe('four')
})

test('a tool is called in pieces, its result goes back, and the model goes on', async () => {
  const { bodies } = answers(
    () =>
      streamed(
        toolDelta({ index: 0, id: 'call_1', function: { name: 'get_weather', arguments: '{"ci' } }),
        toolDelta({ index: 0, function: { arguments: 'ty":"Bern"}' } }),
        end('tool_calls'),
        '[DONE]',
      ),
    () => streamed(delta('Sunny'), end('stop'), '[DONE]'),
  )
  const chat = playground()
  await chat.send(say('Weather?'), ASKED)
  const call = step(chat)!.calls[0]!
  expect(call).toEqual({ id: 'call_1', name: 'get_weather', arguments: '{"city":"Bern"}', result: '' })
  call.result = '21 °C'
  await chat.giveResults(chat.lanes.value[0]!, ASKED)
  expect(bodies[1]!.messages).toEqual([
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: 'Weather?' },
    {
      role: 'assistant',
      content: null,
      tool_calls: [
        { id: 'call_1', type: 'function', function: { name: 'get_weather', arguments: '{"city":"Bern"}' } },
      ],
    },
    { role: 'tool', tool_call_id: 'call_1', content: '21 °C' },
  ])
  expect(chat.rounds.value[0]!.steps.a!.map(({ answered }) => answered)).toEqual([true, false])
  expect(step(chat)?.content).toBe('Sunny')
})

test('pictures go out as parts beside the text', async () => {
  const { bodies } = answers(() => streamed(delta('A fox'), '[DONE]'))
  const chat = playground()
  await chat.send(
    { text: 'What is it?', images: ['https://example.org/fox.png'] },
    { system: '', fields: {} },
  )
  expect(bodies[0]!.messages).toEqual([
    {
      role: 'user',
      content: [
        { type: 'text', text: 'What is it?' },
        { type: 'image_url', image_url: { url: 'https://example.org/fox.png' } },
      ],
    },
  ])
})
