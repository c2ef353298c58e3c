/** A chat completion as it goes over the wire. */
export type ChatBody = { model: string; messages: Message[] } & Record<string, unknown>

export type ContentPart = { type: 'text'; text: string } | { type: 'image_url'; image_url: { url: string } }

export type Message =
  | { role: 'system'; content: string }
  | { role: 'user'; content: string | ContentPart[] }
  | { role: 'assistant'; content: string | null; tool_calls?: WireToolCall[] }
  | { role: 'tool'; tool_call_id: string; content: string }

interface WireToolCall {
  id: string
  type: 'function'
  function: { name: string; arguments: string }
}

/** What a person says, to every model that is asked. */
export interface Prompt {
  text: string
  /** Addresses, or the picture itself as a data address. */
  images: string[]
}

export interface ToolCall {
  id: string
  name: string
  arguments: string
  /** What the person says that the tool gave. */
  result: string
}

/** One answer; a model that calls tools gives several, one after each set of results. */
export interface Step {
  content: string
  reasoning: string
  calls: ToolCall[]
  /** Whether the results of its calls went back to the model. */
  answered: boolean
  state: 'waiting' | 'streaming' | 'done' | 'stopped' | 'failed'
  model: string
  cached: boolean
  requestId?: string
  usage?: { prompt_tokens: number; completion_tokens: number }
  finish?: string
  ttftMs?: number
  totalMs?: number
  error?: { message: string; status: number; code?: string }
}

/** A prompt and what each lane made of it, by the lane's id. */
export interface Round {
  id: number
  prompt: Prompt
  steps: Record<string, Step[]>
}

/**
 * The messages that one lane's model gets: only rounds that it took part in, and of those no answer that failed before it
 * had said anything. A call of a tool without its result would be refused by every provider, so its result is then empty.
 */
export function messagesOf(rounds: readonly Round[], lane: string, system: string, next?: Prompt): Message[] {
  const said = rounds
    .filter(({ steps }) => steps[lane] !== undefined)
    .flatMap(({ prompt, steps }) => [userMessage(prompt), ...(steps[lane] ?? []).flatMap(stepMessages)])
  return [
    ...(system.trim() === '' ? [] : [{ role: 'system' as const, content: system.trim() }]),
    ...said,
    ...(next === undefined ? [] : [userMessage(next)]),
  ]
}

function userMessage({ text, images }: Prompt): Message {
  if (images.length === 0) return { role: 'user', content: text }
  return {
    role: 'user',
    content: [
      ...(text === '' ? [] : [{ type: 'text' as const, text }]),
      ...images.map((url) => ({ type: 'image_url' as const, image_url: { url } })),
    ],
  }
}

function stepMessages({ content, calls, state }: Step): Message[] {
  // A stream that was cut may have cut the arguments of a call as well.
  const whole = state === 'done' ? calls : []
  if (content === '' && whole.length === 0) return []
  return [
    {
      role: 'assistant',
      content: content === '' ? null : content,
      ...(whole.length > 0 && {
        tool_calls: whole.map(({ id, name, arguments: given }) => ({
          id,
          type: 'function' as const,
          function: { name, arguments: given },
        })),
      }),
    },
    ...whole.map(({ id, result }) => ({ role: 'tool' as const, tool_call_id: id, content: result })),
  ]
}

/** For code that is shown: the picture itself would be pages of letters. */
export function withShortImages(body: ChatBody): ChatBody {
  const short = (part: ContentPart): ContentPart =>
    part.type === 'image_url' && part.image_url.url.startsWith('data:')
      ? { type: 'image_url', image_url: { url: `${part.image_url.url.split(',')[0]},…` } }
      : part
  return {
    ...body,
    messages: body.messages.map((message) =>
      message.role === 'user' && Array.isArray(message.content)
        ? { ...message, content: message.content.map(short) }
        : message,
    ),
  }
}
