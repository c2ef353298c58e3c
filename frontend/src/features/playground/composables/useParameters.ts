import { computed, reactive } from 'vue'

type Maybe = number | null | undefined
export type Format = 'text' | 'json_object' | 'json_schema'

export interface ParameterForm {
  system: string
  temperature: Maybe
  top_p: Maybe
  max_tokens: Maybe
  seed: Maybe
  frequency_penalty: Maybe
  presence_penalty: Maybe
  stop: string[]
  reasoning_effort: '' | 'minimal' | 'low' | 'medium' | 'high'
  format: Format
  schema: string
  /** JSON of a list of tools, or of one. Empty: none. */
  tools: string
  tool_choice: 'auto' | 'none' | 'required'
}

export const NUMBERS = [
  { key: 'temperature', min: 0, max: 2, step: 0.1 },
  { key: 'top_p', min: 0, max: 1, step: 0.05 },
  { key: 'max_tokens', min: 1, max: 10_000_000, step: 100, whole: true },
  { key: 'seed', min: 0, max: 2_147_483_647, step: 1, whole: true },
  { key: 'frequency_penalty', min: -2, max: 2, step: 0.1 },
  { key: 'presence_penalty', min: -2, max: 2, step: 0.1 },
] as const

export const EXAMPLE_TOOL = JSON.stringify(
  [
    {
      type: 'function',
      function: {
        name: 'get_weather',
        description: 'Current weather in a city',
        parameters: {
          type: 'object',
          properties: { city: { type: 'string' } },
          required: ['city'],
          additionalProperties: false,
        },
      },
    },
  ],
  undefined,
  2,
)

export const EXAMPLE_SCHEMA = JSON.stringify(
  {
    type: 'object',
    properties: { answer: { type: 'string' }, confidence: { type: 'number' } },
    required: ['answer', 'confidence'],
    additionalProperties: false,
  },
  undefined,
  2,
)

export type ParseError = 'json' | 'shape'
type Parsed<T> = { value?: T; error?: ParseError }

/** Tools as they are sent: a list, whole functions only. */
export function parseTools(text: string): Parsed<object[]> {
  if (text.trim() === '') return {}
  const given = parse(text)
  if (given === undefined) return { error: 'json' }
  const list = Array.isArray(given) ? given : [given]
  const isTool = (one: unknown) => {
    const tool = one as { type?: unknown; function?: { name?: unknown } } | null
    return tool?.type === 'function' && typeof tool.function?.name === 'string' && tool.function.name !== ''
  }
  if (!list.every(isTool)) return { error: 'shape' }
  return list.length === 0 ? {} : { value: list as object[] }
}

export function parseSchema(text: string): Parsed<object> {
  const given = parse(text)
  if (given === undefined) return { error: 'json' }
  return typeof given === 'object' && given !== null && !Array.isArray(given)
    ? { value: given }
    : { error: 'shape' }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

export function blankParameters(): ParameterForm {
  return {
    system: '',
    temperature: undefined,
    top_p: undefined,
    max_tokens: undefined,
    seed: undefined,
    frequency_penalty: undefined,
    presence_penalty: undefined,
    stop: [],
    reasoning_effort: '',
    format: 'text',
    schema: EXAMPLE_SCHEMA,
    tools: '',
    tool_choice: 'auto',
  }
}

/** What shapes an answer, and the fields of the request that come of it: only those that were set. */
export function useParameters() {
  const form = reactive<ParameterForm>(blankParameters())
  const tools = computed(() => parseTools(form.tools))
  const schema = computed<Parsed<object>>(() =>
    form.format === 'json_schema' ? parseSchema(form.schema) : {},
  )

  const fields = computed<Record<string, unknown>>(() => ({
    ...Object.fromEntries(NUMBERS.filter(({ key }) => form[key] != null).map(({ key }) => [key, form[key]])),
    ...(form.stop.length > 0 && { stop: [...form.stop] }),
    ...(form.reasoning_effort !== '' && { reasoning_effort: form.reasoning_effort }),
    ...(form.format === 'json_object' && { response_format: { type: 'json_object' } }),
    ...(schema.value.value && {
      response_format: {
        type: 'json_schema',
        json_schema: { name: 'answer', strict: true, schema: schema.value.value },
      },
    }),
    ...(tools.value.value && {
      tools: tools.value.value,
      ...(form.tool_choice !== 'auto' && { tool_choice: form.tool_choice }),
    }),
  }))

  return {
    form,
    fields,
    toolsError: computed(() => tools.value.error),
    schemaError: computed(() => schema.value.error),
    isValid: computed(() => tools.value.error === undefined && schema.value.error === undefined),
    set: computed(() => Object.keys(fields.value).length + (form.system.trim() === '' ? 0 : 1)),
    reset: (from: Partial<ParameterForm> = {}) => void Object.assign(form, blankParameters(), from),
  }
}
