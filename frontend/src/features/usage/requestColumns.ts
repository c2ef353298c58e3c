import type { Column } from '@/shared/ui/table'

export const REQUEST_COLUMNS = [
  'at',
  'model',
  'outcome',
  'caller',
  'team',
  'endpoint',
  'served',
  'deployment',
  'status',
  'attempts',
  'prompt',
  'completion',
  'ttft',
  'latency',
  'cost',
  'request_id',
] as const
export type RequestColumn = (typeof REQUEST_COLUMNS)[number]

/** What is shown until somebody chooses. */
export const USUAL_COLUMNS: readonly RequestColumn[] = [
  'at',
  'model',
  'outcome',
  'caller',
  'prompt',
  'completion',
  'ttft',
  'latency',
  'cost',
]

const RIGHT = new Set<RequestColumn>([
  'status',
  'attempts',
  'prompt',
  'completion',
  'ttft',
  'latency',
  'cost',
])
/** On a phone the first columns and the two that hold more than one thing; what was chosen by hand, from a tablet on. */
const FROM: Partial<Record<RequestColumn, Column['from']>> = {
  caller: 'lg',
  prompt: 'md',
  completion: 'md',
  ttft: 'xl',
  latency: 'sm',
  cost: 'sm',
  team: 'md',
  endpoint: 'md',
  served: 'md',
  deployment: 'md',
  status: 'md',
  attempts: 'md',
  request_id: 'md',
}

/** The columns of a choice, always in the same order; what is not known any more is left out. */
export function columnsOf(chosen: readonly string[], label: (key: RequestColumn) => string): Column[] {
  const wanted = new Set(chosen)
  return REQUEST_COLUMNS.filter((key) => key === 'at' || wanted.has(key)).map((key) => ({
    key,
    label: label(key),
    align: RIGHT.has(key) ? 'right' : undefined,
    from: FROM[key],
  }))
}
