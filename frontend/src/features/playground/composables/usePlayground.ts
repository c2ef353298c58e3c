import { computed, onScopeDispose, ref } from 'vue'
import { isAbort } from '@/api/problem'
import { ChatError, type ChatPart, streamChat } from '../chat'
import { type ChatBody, messagesOf, type Prompt, type Round, type Step } from '../request'

export interface Lane {
  id: string
  model: string
}

export interface Asked {
  system: string
  fields: Record<string, unknown>
}

export const MOST_LANES = 4

/** The same prompt to one model or several at a time, each with its own stream and its own history. */
export function usePlayground(
  token: () => Promise<string | undefined>,
  now: () => number = () => performance.now(),
) {
  const lanes = ref<Lane[]>([{ id: 'a', model: '' }])
  const rounds = ref<Round[]>([])
  const running = ref<Record<string, boolean>>({})
  const aborts = new Map<string, AbortController>()
  let ids = 0

  const isRunning = computed(() => Object.values(running.value).some(Boolean))

  function addLane(model: string): void {
    if (lanes.value.length >= MOST_LANES) return
    const free = ['a', 'b', 'c', 'd'].find((id) => !lanes.value.some((lane) => lane.id === id)) ?? 'a'
    // What an earlier lane of this name said was another's.
    for (const round of rounds.value) delete round.steps[free]
    lanes.value = [...lanes.value, { id: free, model }]
  }

  function removeLane(id: string): void {
    if (lanes.value.length === 1) return
    stop(id)
    lanes.value = lanes.value.filter((lane) => lane.id !== id)
  }

  /** What one lane would send next. */
  function bodyOf(lane: Lane, { system, fields }: Asked, next?: Prompt): ChatBody {
    return { model: lane.model, messages: messagesOf(rounds.value, lane.id, system, next), ...fields }
  }

  async function send(prompt: Prompt, asked: Asked): Promise<void> {
    if (isRunning.value) return
    const asking = lanes.value.filter(({ model }) => model !== '')
    const bodies = asking.map((lane) => bodyOf(lane, asked, prompt))
    rounds.value.push({
      id: ++ids,
      prompt,
      steps: Object.fromEntries(asking.map((lane) => [lane.id, []])),
    })
    const round = rounds.value.at(-1)!
    await Promise.all(asking.map((lane, index) => receive(round, lane, bodies[index]!)))
  }

  /** The results of the tools that a lane's last answer called, and what the model makes of them. */
  async function giveResults(lane: Lane, asked: Asked): Promise<void> {
    const round = rounds.value.at(-1)
    const last = round?.steps[lane.id]?.at(-1)
    if (round === undefined || last === undefined || running.value[lane.id]) return
    last.answered = true
    await receive(round, lane, bodyOf(lane, asked))
  }

  /** The last prompt once more for one lane, in place of what it brought. */
  async function again(lane: Lane, asked: Asked): Promise<void> {
    const round = rounds.value.at(-1)
    if (round === undefined || running.value[lane.id]) return
    round.steps[lane.id] = []
    await receive(round, lane, bodyOf(lane, asked))
  }

  async function receive(round: Round, lane: Lane, body: ChatBody): Promise<void> {
    const own = new AbortController()
    aborts.set(lane.id, own)
    running.value[lane.id] = true
    round.steps[lane.id]?.push(blankStep(lane.model))
    const step = round.steps[lane.id]!.at(-1)!
    const start = now()
    try {
      for await (const part of streamChat(body, (await token()) ?? '', own.signal)) {
        apply(step, part, () => now() - start)
      }
      step.state = 'done'
    } catch (cause) {
      if (isAbort(cause) || own.signal.aborted) step.state = 'stopped'
      else {
        const error = cause instanceof ChatError ? cause : new ChatError('', 0, 'network', step.requestId)
        step.state = 'failed'
        step.error = { message: error.message, status: error.status, code: error.code }
        step.requestId ??= error.requestId
      }
    } finally {
      step.totalMs = now() - start
      if (aborts.get(lane.id) === own) running.value[lane.id] = false
    }
  }

  function stop(lane?: string): void {
    for (const [id, abort] of aborts) if (lane === undefined || lane === id) abort.abort()
  }

  function clear(): void {
    stop()
    rounds.value = []
  }

  onScopeDispose(() => stop())
  return {
    lanes,
    rounds,
    running,
    isRunning,
    addLane,
    removeLane,
    bodyOf,
    send,
    giveResults,
    again,
    stop,
    clear,
  }
}

function blankStep(model: string): Step {
  return {
    content: '',
    reasoning: '',
    calls: [],
    answered: false,
    state: 'waiting',
    model,
    cached: false,
  }
}

function apply(step: Step, part: ChatPart, elapsed: () => number): void {
  switch (part.kind) {
    case 'started':
      step.requestId = part.requestId
      step.cached = part.cached
      return
    case 'usage':
      step.usage = part.usage
      return
    case 'finish':
      step.finish = part.reason
      return
    case 'tool': {
      const call = (step.calls[part.index] ??= { id: '', name: '', arguments: '', result: '' })
      call.id += part.id ?? ''
      call.name += part.name ?? ''
      call.arguments += part.text
      break
    }
    default:
      step[part.kind === 'text' ? 'content' : 'reasoning'] += part.text
  }
  step.ttftMs ??= elapsed()
  step.state = 'streaming'
}
