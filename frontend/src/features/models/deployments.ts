import type { Schemas } from '@/api/client'
import { type LimitsForm, limitsForm, limitsOf } from '@/shared/limits/limits'
import type { Deployment, DeploymentInput, Price } from './api'

/** What a number field holds; null or undefined: it is empty. */
export type Maybe = number | null | undefined

export interface PriceForm {
  priced: boolean
  currency: string
  input: Maybe
  output: Maybe
  cached_input: Maybe
}

export interface DeploymentForm {
  /** Of the row on the page; a deployment that is not saved yet has no id. */
  key: number
  id?: string
  provider_id: string
  upstream_model: string
  weight: Maybe
  priority: Maybe
  endpoints: Schemas['Endpoint'][]
  stream: 'any' | 'stream' | 'whole'
  min_prompt_tokens: Maybe
  max_prompt_tokens: Maybe
  tags: { name: string; value: string }[]
  limits: LimitsForm
  price: PriceForm
}

let rows = 0

export function deploymentForm(from: Partial<Deployment> = {}): DeploymentForm {
  const { when } = from
  return {
    key: ++rows,
    id: from.id,
    provider_id: from.provider_id ?? '',
    upstream_model: from.upstream_model ?? '',
    weight: from.weight ?? 1,
    priority: from.priority ?? 0,
    endpoints: [...(when?.endpoints ?? [])],
    stream: when?.stream === undefined ? 'any' : when.stream ? 'stream' : 'whole',
    min_prompt_tokens: when?.min_prompt_tokens,
    max_prompt_tokens: when?.max_prompt_tokens,
    tags: Object.entries(when?.metadata ?? {}).map(([name, value]) => ({ name, value })),
    limits: limitsForm(from.limits),
    price: priceForm(from.price),
  }
}

/** As it is sent: nothing that was left empty. */
export function deploymentInput(form: DeploymentForm): DeploymentInput {
  const when = conditionOf(form)
  const limits = limitsOf(form.limits)
  const price = priceOf(form.price)
  return {
    provider_id: form.provider_id,
    upstream_model: form.upstream_model.trim(),
    weight: form.weight ?? 1,
    ...(form.priority ? { priority: form.priority } : {}),
    ...(when && { when }),
    ...(limits && { limits }),
    ...(price && { price }),
  }
}

export function conditionOf(form: DeploymentForm): Schemas['Condition'] | undefined {
  const tags = form.tags.filter(({ name, value }) => name.trim() !== '' && value !== '')
  const when: Schemas['Condition'] = {
    ...(form.endpoints.length > 0 && { endpoints: form.endpoints }),
    ...(form.stream !== 'any' && { stream: form.stream === 'stream' }),
    ...(form.min_prompt_tokens != null && { min_prompt_tokens: form.min_prompt_tokens }),
    ...(form.max_prompt_tokens != null && { max_prompt_tokens: form.max_prompt_tokens }),
    ...(tags.length > 0 && {
      metadata: Object.fromEntries(tags.map(({ name, value }) => [name.trim(), value])),
    }),
  }
  return Object.keys(when).length > 0 ? when : undefined
}

export function isDeploymentValid(form: DeploymentForm): boolean {
  const { min_prompt_tokens: least, max_prompt_tokens: most } = form
  return (
    form.provider_id !== '' &&
    form.upstream_model.trim() !== '' &&
    (least == null || most == null || least <= most) &&
    form.tags.every(({ name, value }) => /^[A-Za-z0-9_.-]{1,64}$/.test(name.trim()) && value !== '') &&
    isPriceValid(form.price)
  )
}

export function priceForm(from: Price | undefined): PriceForm {
  return {
    priced: from !== undefined,
    currency: from?.currency ?? 'USD',
    input: from?.input,
    output: from?.output,
    cached_input: from?.cached_input,
  }
}

export function isPriceValid({ priced, currency, input, output }: PriceForm): boolean {
  return !priced || (/^[A-Z]{3}$/.test(currency) && input != null && output != null)
}

export function priceOf({ priced, currency, input, output, cached_input }: PriceForm): Price | undefined {
  if (!priced || input == null || output == null) return undefined
  return { currency, input, output, ...(cached_input != null && { cached_input }) }
}

export interface Tier<T> {
  priority: number
  deployments: T[]
}

/** Deployments that take turns, in the order in which they are asked: those with the lowest number first. */
export function tiersOf<T extends { priority?: Maybe }>(deployments: readonly T[]): Tier<T>[] {
  const priorities = [...new Set(deployments.map(({ priority }) => priority ?? 0))].toSorted((a, b) => a - b)
  return priorities.map((priority) => ({
    priority,
    deployments: deployments.filter((one) => (one.priority ?? 0) === priority),
  }))
}
