import { eventData } from '@/api/sse'
import type { ChatBody } from './request'

export interface Usage {
  prompt_tokens: number
  completion_tokens: number
  prompt_tokens_details?: { cached_tokens?: number }
  completion_tokens_details?: { reasoning_tokens?: number }
}

/** What comes out of a streamed completion, in the order in which it comes. */
export type ChatPart =
  | { kind: 'started'; requestId: string | undefined; cached: boolean }
  | { kind: 'text'; text: string }
  | { kind: 'reasoning'; text: string }
  | { kind: 'tool'; index: number; id?: string; name?: string; text: string }
  | { kind: 'usage'; usage: Usage }
  | { kind: 'finish'; reason: string }

/** A refusal of the data plane, in its OpenAI envelope. `status` 0: the stream itself broke or carried an error. */
export class ChatError extends Error {
  override readonly name = 'ChatError'

  constructor(
    message: string,
    readonly status: number,
    readonly code: string | undefined,
    readonly requestId: string | undefined,
  ) {
    super(message)
  }
}

interface Envelope {
  error?: { message?: string; code?: string | null; type?: string }
}

interface ToolDelta {
  index?: number
  id?: string
  function?: { name?: string; arguments?: string }
}

interface Chunk extends Envelope {
  choices?: {
    delta?: {
      content?: string | null
      reasoning_content?: string | null
      refusal?: string | null
      tool_calls?: ToolDelta[]
    }
    finish_reason?: string | null
  }[]
  usage?: Usage | null
}

/**
 * Calls the gateway as every other client does, with the console's access token as the bearer.
 *
 * @throws ChatError when it refuses, or when the stream ends without its `[DONE]`
 */
export async function* streamChat(
  request: ChatBody,
  token: string,
  signal: AbortSignal,
): AsyncGenerator<ChatPart> {
  const response = await fetch('/v1/chat/completions', {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${token}`,
      'Content-Type': 'application/json',
      Accept: 'text/event-stream',
    },
    body: JSON.stringify({ ...request, stream: true, stream_options: { include_usage: true } }),
    signal,
  })
  const requestId = response.headers.get('x-request-id') ?? undefined
  if (!response.ok || response.body === null) throw await refusal(response, requestId)
  yield { kind: 'started', requestId, cached: response.headers.get('x-platform-cache') === 'hit' }
  for await (const data of eventData(response.body)) {
    if (data === '[DONE]') return
    yield* parts(JSON.parse(data) as Chunk, requestId)
  }
  throw new ChatError('', 0, 'stream_cut', requestId)
}

function* parts(chunk: Chunk, requestId: string | undefined): Generator<ChatPart> {
  if (chunk.error)
    throw new ChatError(chunk.error.message ?? '', 0, chunk.error.code ?? chunk.error.type, requestId)
  const choice = chunk.choices?.[0]
  const delta = choice?.delta
  if (delta?.reasoning_content) yield { kind: 'reasoning', text: delta.reasoning_content }
  if (delta?.content) yield { kind: 'text', text: delta.content }
  if (delta?.refusal) yield { kind: 'text', text: delta.refusal }
  for (const [place, call] of (delta?.tool_calls ?? []).entries()) {
    yield {
      kind: 'tool',
      index: call.index ?? place,
      id: call.id,
      name: call.function?.name,
      text: call.function?.arguments ?? '',
    }
  }
  if (choice?.finish_reason) yield { kind: 'finish', reason: choice.finish_reason }
  if (chunk.usage) yield { kind: 'usage', usage: chunk.usage }
}

async function refusal(response: Response, requestId: string | undefined): Promise<ChatError> {
  const body = (await response.json().catch(() => ({}))) as Envelope
  const code = body.error?.code ?? body.error?.type
  return new ChatError(body.error?.message ?? `HTTP ${response.status}`, response.status, code, requestId)
}
