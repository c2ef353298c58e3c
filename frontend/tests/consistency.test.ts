import { expect, test } from 'vitest'
import { ConsistencyTokens } from '@/api/consistency'

test('hands the newest token of a write to the reads of the next seconds, then forgets it', () => {
  let now = 0
  const tokens = new ConsistencyTokens(() => now)
  expect(tokens.current()).toBeUndefined()
  tokens.remember('9')
  tokens.remember('10')
  tokens.remember('9')
  expect(tokens.current()).toBe('10')
  now = 10_000
  expect(tokens.current()).toBe('10')
  now = 10_001
  expect(tokens.current()).toBeUndefined()
})

test('compares positions beyond what a double can hold', () => {
  const tokens = new ConsistencyTokens(() => 0)
  tokens.remember('9007199254740993')
  tokens.remember('9007199254740992')
  expect(tokens.current()).toBe('9007199254740993')
})

test('does not take what is no position', () => {
  const tokens = new ConsistencyTokens(() => 0)
  tokens.remember(null)
  tokens.remember('abc')
  tokens.remember('')
  expect(tokens.current()).toBeUndefined()
})
