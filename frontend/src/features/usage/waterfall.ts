import type { RequestDetail } from './api'

export type StepKind = 'gateway' | 'attempt' | 'wait' | 'stream' | 'cache'

/** A stretch of a request, in milliseconds after it arrived. */
export interface Step {
  kind: StepKind
  from: number
  to: number
  /** Where it was sent, of attempts. */
  deployment?: string
  /** `completed`, `status_503`, …: how an attempt ended. */
  result?: string
  failed?: boolean
}

type Timed = Pick<
  RequestDetail,
  'latency_ms' | 'ttft_ms' | 'attempts' | 'trail' | 'deployment' | 'outcome' | 'cache_hit'
>

/**
 * Where the time of a request went, as far as its record tells: attempts one by one where there were several, the wait for
 * the first token, the tokens. What is not accounted for by attempts was spent before the first one: limits and routing.
 */
export function waterfall(request: Timed): Step[] {
  const end = request.latency_ms
  const first = request.ttft_ms ?? undefined
  if (request.cache_hit === true) return [{ kind: 'cache', from: 0, to: end }]
  if (request.attempts === 0) return [{ kind: 'gateway', from: 0, to: end }]
  const trail = request.trail ?? []
  if (trail.length === 0) {
    if (request.outcome !== 'failed') return answer(0, end, first, request.deployment)
    return [{ kind: 'attempt', from: 0, to: end, deployment: request.deployment, failed: true }]
  }

  const steps: Step[] = []
  const failed = trail.slice(0, -1)
  const last = trail.at(-1)
  const spent = trail.reduce((sum, { ms }) => sum + ms, 0)
  // The last attempt is told up to its answer's end or up to its failure; either way it ends with the request.
  let at = Math.max(0, end - spent)
  if (at > 0) steps.push({ kind: 'gateway', from: 0, to: at })
  for (const { deployment, result, ms } of failed) {
    const to = Math.min(end, at + ms)
    steps.push({ kind: 'attempt', from: at, to, deployment, result, failed: true })
    at = to
  }
  if (request.outcome === 'failed' || first === undefined || first < at) {
    steps.push({
      kind: 'attempt',
      from: at,
      to: end,
      deployment: last?.deployment,
      result: last?.result,
      failed: request.outcome === 'failed',
    })
    return steps
  }
  return [...steps, ...answer(at, end, first, last?.deployment)]
}

function answer(
  from: number,
  end: number,
  first: number | undefined,
  deployment: string | undefined,
): Step[] {
  if (first === undefined || first >= end) return [{ kind: 'wait', from, to: end, deployment }]
  return [
    { kind: 'wait', from, to: first, deployment },
    { kind: 'stream', from: first, to: end },
  ]
}

/** Tokens of the answer a second, once the first was there. */
export function tokensPerSecond(
  request: Pick<RequestDetail, 'completion_tokens' | 'latency_ms' | 'ttft_ms'>,
): number | undefined {
  const ms = request.latency_ms - (request.ttft_ms ?? request.latency_ms)
  return ms <= 0 || request.completion_tokens < 2 ? undefined : (request.completion_tokens / ms) * 1000
}
