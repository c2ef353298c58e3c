import type { Schemas } from '@/api/client'
import type { Usage } from './chat'

type Rates = Schemas['Rates']

/**
 * By the list price, as the gateway does it: kinds without a rate of their own cost as the prompt or the answer that they
 * are part of. What was billed stands in the request's own entry.
 */
export function costOf(usage: Usage, rates: Rates): number {
  const cached = Math.min(usage.prompt_tokens_details?.cached_tokens ?? 0, usage.prompt_tokens)
  const reasoning = Math.min(usage.completion_tokens_details?.reasoning_tokens ?? 0, usage.completion_tokens)
  const tokens =
    (usage.prompt_tokens - cached) * rates.input +
    cached * (rates.cached_input ?? rates.input) +
    (usage.completion_tokens - reasoning) * rates.output +
    reasoning * (rates.reasoning ?? rates.output)
  return tokens / 1e6 + (rates.request ?? 0)
}

/** Tokens of the answer in each second after the first of them; absent where it came at once. */
export function tokensPerSecond(tokens: number, ttftMs: number, totalMs: number): number | undefined {
  const seconds = (totalMs - ttftMs) / 1000
  return seconds >= 0.02 && tokens > 1 ? (tokens - 1) / seconds : undefined
}
