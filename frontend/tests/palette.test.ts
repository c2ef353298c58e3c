import { describe, expect, it } from 'vitest'
import { type Entry, matching, requestId, score } from '@/app/palette/entries'

const entry = (label: string, hint?: string) =>
  ({ id: label, group: 'pages', label, hint, icon: {} }) as Entry

describe('the palette', () => {
  it('prefers beginnings of words, and takes letters in their order last', () => {
    const entries = [entry('Audit log'), entry('API keys'), entry('Catalogue'), entry('Playground')]
    expect(matching(entries, 'lo').map(({ label }) => label)).toEqual([
      'Audit log',
      'Catalogue',
      'Playground',
    ])
    expect(matching(entries, 'apk').map(({ label }) => label)).toEqual(['API keys'])
    expect(matching(entries, 'keys api').map(({ label }) => label)).toEqual(['API keys'])
    expect(matching(entries, 'nothing')).toEqual([])
    expect(matching(entries, ' ')).toEqual(entries)
  })

  it('searches what stands beside a name as well', () => {
    expect(score('gpt-4o Models', 'models')).toBeGreaterThan(0)
    expect(score('提示词', '提示')).toBeGreaterThan(0)
  })

  it('knows ids of requests by their form', () => {
    expect(requestId(' req_01k9zzzzzzzzzzzzzzzzzzzzzz ')).toBe('req_01k9zzzzzzzzzzzzzzzzzzzzzz')
    expect(requestId('req_short')).toBeUndefined()
    expect(requestId('key_01k9zzzzzzzzzzzzzzzzzzzzzz')).toBeUndefined()
  })
})
