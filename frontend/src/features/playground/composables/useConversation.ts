import { onScopeDispose, reactive, ref } from 'vue'
import { isAbort } from '@/api/problem'
import type { ChatRequest } from '@/shared/snippets'
import { ChatError, streamChat, type Usage } from '../chat'

export interface Turn {
  role: 'user' | 'assistant'
  content: string
  reasoning: string
  state: 'done' | 'waiting' | 'streaming' | 'stopped' | 'failed'
  model?: string
  requestId?: string
  usage?: Usage
  finish?: string
  ttftMs?: number
  totalMs?: number
  error?: ChatError
}

export type Parameters = Omit<ChatRequest, 'messages' | 'stream' | 'stream_options'> & { system: string }

/** A chat with one answer running at a time. */
export function useConversation(
  token: () => Promise<string | undefined>,
  now: () => number = () => performance.now(),
) {
  const turns = ref<Turn[]>([])
  const running = ref(false)
  let abort: AbortController | undefined

  /** The messages that the model gets: answers that failed are not part of the talk. */
  function messages(system: string, next?: string): ChatRequest['messages'] {
    const past = turns.value.filter(({ role, content }) => role === 'user' || content !== '')
    return [
      ...(system.trim() === '' ? [] : [{ role: 'system', content: system.trim() }]),
      ...past.map(({ role, content }) => ({ role, content })),
      ...(next === undefined ? [] : [{ role: 'user', content: next }]),
    ]
  }

  async function send(text: string, { system, ...parameters }: Parameters): Promise<void> {
    if (running.value) return
    const request: ChatRequest = { ...parameters, messages: messages(system, text) }
    turns.value.push({ role: 'user', content: text, reasoning: '', state: 'done' })
    const answer = reactive<Turn>({
      role: 'assistant',
      content: '',
      reasoning: '',
      state: 'waiting',
      model: parameters.model,
    })
    turns.value.push(answer)
    await receive(answer, request)
  }

  async function receive(answer: Turn, request: ChatRequest): Promise<void> {
    const own = (abort = new AbortController())
    running.value = true
    const start = now()
    try {
      for await (const part of streamChat(request, (await token()) ?? '', own.signal)) {
        if (part.kind === 'started') answer.requestId = part.requestId
        else if (part.kind === 'usage') answer.usage = part.usage
        else if (part.kind === 'finish') answer.finish = part.reason
        else {
          answer.ttftMs ??= now() - start
          answer.state = 'streaming'
          answer[part.kind === 'text' ? 'content' : 'reasoning'] += part.text
        }
      }
      answer.state = 'done'
    } catch (cause) {
      if (isAbort(cause) || own.signal.aborted) answer.state = 'stopped'
      else {
        answer.state = 'failed'
        answer.error = cause instanceof ChatError ? cause : new ChatError('', 0, 'network', answer.requestId)
        answer.requestId ??= answer.error.requestId
      }
    } finally {
      answer.totalMs = now() - start
      running.value = false
    }
  }

  function stop(): void {
    abort?.abort()
  }

  function clear(): void {
    stop()
    turns.value = []
  }

  onScopeDispose(stop)
  return { turns, running, messages, send, stop, clear }
}
