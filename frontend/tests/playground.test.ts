import { describe, expect, it, test } from 'vitest'
import { type Talk, titleOf, useHistory } from '@/features/playground/composables/useHistory'
import {
  blankParameters,
  EXAMPLE_TOOL,
  parseTools,
  useParameters,
} from '@/features/playground/composables/useParameters'
import { costOf, tokensPerSecond } from '@/features/playground/cost'
import { addressProblem, dataAddress, fileProblem, MOST_BYTES } from '@/features/playground/images'
import { type ChatBody, type Round, withShortImages } from '@/features/playground/request'
import { LANGUAGES, snippet } from '@/features/playground/snippets'

describe('parameters', () => {
  it('send only what was set', () => {
    const { form, fields, set, isValid } = useParameters()
    expect(fields.value).toEqual({})
    Object.assign(form, { temperature: 0, seed: null, stop: ['END'], format: 'json_object', system: 'x' })
    expect(fields.value).toEqual({ temperature: 0, stop: ['END'], response_format: { type: 'json_object' } })
    expect(set.value).toBe(4)
    expect(isValid.value).toBe(true)
  })

  it('take tools and schemas as JSON, and say what is wrong with them', () => {
    const { form, fields, isValid, schemaError, reset } = useParameters()
    Object.assign(form, {
      tools: EXAMPLE_TOOL,
      tool_choice: 'required',
      format: 'json_schema',
      schema: '[1]',
    })
    expect(schemaError.value).toBe('shape')
    expect(isValid.value).toBe(false)
    form.schema = '{"type":"object"}'
    expect(isValid.value).toBe(true)
    expect(fields.value).toMatchObject({
      tool_choice: 'required',
      response_format: { json_schema: { schema: { type: 'object' } } },
    })
    expect(parseTools('{').error).toBe('json')
    expect(parseTools('{"type":"function","function":{}}').error).toBe('shape')
    expect(parseTools('{"type":"function","function":{"name":"f"}}').value).toHaveLength(1)
    reset()
    expect(fields.value).toEqual({})
  })
})

test('cost follows the kinds of tokens, and falls back where a kind has no rate', () => {
  const usage = {
    prompt_tokens: 1_000_000,
    completion_tokens: 1_000_000,
    prompt_tokens_details: { cached_tokens: 500_000 },
    completion_tokens_details: { reasoning_tokens: 250_000 },
  }
  const rates = { currency: 'USD', input: 2, output: 8 }
  expect(costOf(usage, rates)).toBeCloseTo(10)
  expect(costOf(usage, { ...rates, cached_input: 1, reasoning: 4, request: 0.5 })).toBeCloseTo(9)
})

test('speed is that of what came after the first token', () => {
  expect(tokensPerSecond(101, 500, 1500)).toBe(100)
  expect(tokensPerSecond(50, 500, 505)).toBeUndefined()
})

describe('pictures', () => {
  it('are bounded in kind, size and number', () => {
    expect(fileProblem({ type: 'image/png', size: MOST_BYTES }, 0)).toBeUndefined()
    expect(fileProblem({ type: 'image/png', size: MOST_BYTES + 1 }, 0)).toBe('size')
    expect(fileProblem({ type: 'image/svg+xml', size: 1 }, 0)).toBe('type')
    expect(fileProblem({ type: 'image/png', size: 1 }, 4)).toBe('count')
    expect(addressProblem('https://example.org/a.png', 0)).toBeUndefined()
    expect(addressProblem('javascript:alert(1)', 0)).toBe('address')
  })

  it('become data addresses', async () => {
    const blob = new Blob([new Uint8Array([1, 2, 255])], { type: 'image/png' })
    expect(await dataAddress(blob)).toBe('data:image/png;base64,AQL/')
  })
})

describe('code', () => {
  const body: ChatBody = {
    model: 'gpt-4o',
    messages: [{ role: 'user', content: `It's "so"\n\\ and """` }],
    temperature: 0,
    parallel_tool_calls: true,
    tools: [],
  }

  it('names the gateway and a placeholder, never a token', () => {
    for (const language of LANGUAGES) {
      const code = snippet(language, 'https://llm.example.org', body)
      expect(code).toContain('https://llm.example.org/v1')
      expect(code).toContain('YOUR_API_KEY')
    }
  })

  it('holds the same request, as the shell would read it', () => {
    const code = snippet('curl', 'https://x', body)
    const quoted = code.slice(code.indexOf("-d '") + 4, -1).replaceAll(String.raw`'\''`, "'")
    expect(JSON.parse(quoted)).toEqual({ ...body, stream: true })
  })

  it('writes Python as Python', () => {
    const code = snippet('python', 'https://x', body)
    expect(code).toContain('    parallel_tool_calls=True,')
    expect(code).toContain('    tools=[],')
    expect(code).toContain(String.raw`"content": "It's \"so\"\n\\ and \"\"\""`)
  })

  it('writes a text block of Java that says the same', () => {
    const code = snippet('java', 'https://x', body)
    const block = /"""\n([\s\S]*?)\n {8}""";/.exec(code)![1]!
    const said = block
      .split('\n')
      .map((line) => line.slice(8))
      .join('\n')
      .replaceAll('\\\\', '\u0000')
      .replaceAll('\\"', '"')
      .replaceAll('\u0000', '\\')
    expect(JSON.parse(said)).toEqual(body)
  })

  it('leaves the letters of pictures out', () => {
    const url = `data:image/png;base64,${'A'.repeat(1000)}`
    const short = withShortImages({
      model: 'm',
      messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url } }] }],
    })
    expect(JSON.stringify(short)).toContain('data:image/png;base64,…')
  })
})

describe('history', () => {
  const round = (text: string, images: string[] = []): Round => ({
    id: 1,
    prompt: { text, images },
    steps: {},
  })
  const talk = (id: string, rounds: Round[]): Talk => ({
    id,
    at: 0,
    title: titleOf(rounds),
    models: [{ id: 'a', model: 'm' }],
    parameters: blankParameters(),
    rounds,
  })
  function storage() {
    const kept = new Map<string, string>()
    return {
      kept,
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
      removeItem: (key: string) => void kept.delete(key),
    }
  }

  it('is kept per person, the newest first, without pictures, and cleared', () => {
    const store = storage()
    const { keep, talks, clear } = useHistory('u1', store)
    keep(talk('1', [round('one', ['data:image/png;base64,AAAA', 'https://x/y.png'])]))
    keep(talk('2', [round('two')]))
    keep(talk('1', [round('one again')]))
    expect(talks.value.map(({ title }) => title)).toEqual(['one again', 'two'])
    expect(useHistory('u1', store).talks.value).toHaveLength(2)
    expect(useHistory('u2', store).talks.value).toEqual([])
    keep(talk('3', [round('three', ['data:image/png;base64,AAAA', 'https://x/y.png'])]))
    expect(talks.value[0]!.rounds[0]!.prompt.images).toEqual(['https://x/y.png'])
    clear()
    expect(store.kept.size).toBe(0)
  })

  it('pushes out the oldest when it grows too large, and survives a storage that is closed', () => {
    const store = storage()
    const { keep, talks } = useHistory('u1', store)
    for (const id of ['1', '2', '3']) keep(talk(id, [round('x'.repeat(700_000))]))
    expect(talks.value.map(({ id }) => id)).toEqual(['3', '2'])
    store.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError')
    }
    keep(talk('4', [round('four')]))
    expect(talks.value[0]!.id).toBe('4')
    store.kept.set('llm-platform.playground.u3', '{broken')
    expect(useHistory('u3', store).talks.value).toEqual([])
  })
})
