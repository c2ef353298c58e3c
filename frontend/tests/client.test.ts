import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { api, body, configureClient, forgetWrites, ifMatch, read } from '@/api/client'
import { ApiError } from '@/api/problem'

const calls: Request[] = []
const onUnauthorized = vi.fn()
const renewedToken = vi.fn<(refused: string) => Promise<string | undefined>>()
let answer: () => Response

beforeEach(() => {
  calls.length = 0
  onUnauthorized.mockClear()
  forgetWrites()
  configureClient({ accessToken: async () => 'token-1', renewedToken, onUnauthorized })
  renewedToken.mockReset()
  vi.stubGlobal('fetch', (request: Request) => {
    calls.push(request)
    return Promise.resolve().then(answer)
  })
})
afterEach(() => vi.unstubAllGlobals())

function json(status: number, content: unknown, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(content), {
    status,
    headers: { 'content-type': 'application/json', ...headers },
  })
}

async function failure(call: Promise<unknown>): Promise<ApiError> {
  return call.then(
    () => expect.fail('was not refused'),
    (error: unknown) => {
      expect(error).toBeInstanceOf(ApiError)
      return error as ApiError
    },
  )
}

test('every call carries the access token', async () => {
  answer = () => json(200, { data: [] })
  await body(api.GET('/users'))
  expect(calls[0]?.headers.get('Authorization')).toBe('Bearer token-1')
  expect(calls[0]?.headers.has('X-Consistency-Token')).toBe(false)
})

test('a read after a write asks for that write', async () => {
  answer = () => json(201, { id: 'a', version: 0 }, { 'X-Consistency-Token': '41' })
  await body(api.POST('/users', { body: { username: 'ada', password: 'correct horse', role: 'member' } }))
  expect(calls[0]?.headers.has('X-Consistency-Token')).toBe(false)
  answer = () => json(200, { data: [] }, { 'X-Consistency': 'behind' })
  expect((await read(api.GET('/users'))).behind).toBe(true)
  expect(calls[1]?.headers.get('X-Consistency-Token')).toBe('41')
})

test('a problem document becomes an error that names kind, request and field', async () => {
  const problem = {
    type: 'about:blank',
    title: 'Bad',
    status: 400,
    request_id: 'req_7',
    errors: [{ field: 'name', message: 'too long' }],
  }
  answer = () => json(400, problem)
  const error = await failure(body(api.POST('/api-keys', { body: { name: 'x' } })))
  expect(error.kind).toBe('invalid')
  expect(error.requestId).toBe('req_7')
  expect(error.fieldError('name')).toBe('too long')
  expect(error.fieldError('other')).toBeUndefined()
})

test('an error page that is no problem document is not shown, its request id is kept', async () => {
  answer = () => new Response('<h1>Bad gateway</h1>', { status: 502, headers: { 'x-request-id': 'req_8' } })
  const error = await failure(body(api.GET('/models')))
  expect(error.kind).toBe('unavailable')
  expect(error.problem).toBeUndefined()
  expect(error.requestId).toBe('req_8')
  expect(error.message).not.toContain('<h1>')
})

test('401 ends the session, except where there is none yet', async () => {
  answer = () => json(401, { type: 'about:blank', title: 'Unauthorized', status: 401 })
  await failure(body(api.POST('/auth/login', { body: { username: 'a', password: 'b' } })))
  expect(onUnauthorized).not.toHaveBeenCalled()
  await failure(
    body(api.POST('/auth/password', { body: { current_password: 'a', new_password: 'bbbbbbbb' } })),
  )
  expect(onUnauthorized).toHaveBeenCalledOnce()
})

test('a refused token is replaced once, and the call repeated with its body', async () => {
  renewedToken.mockResolvedValue('token-2')
  answer = () =>
    calls.length === 1
      ? json(401, { type: 'about:blank', title: 'Unauthorized', status: 401 })
      : json(200, { id: 'key_1', version: 1 })
  await body(api.PATCH('/api-keys/{id}', { params: { path: { id: 'key_1' } }, body: { name: 'n' } }))
  expect(renewedToken).toHaveBeenCalledExactlyOnceWith('token-1')
  expect(calls.map((call) => call.headers.get('Authorization'))).toEqual(['Bearer token-1', 'Bearer token-2'])
  expect(await calls[1]?.json()).toEqual({ name: 'n' })
  expect(onUnauthorized).not.toHaveBeenCalled()
})

test('no answer at all is "offline"', async () => {
  answer = () => {
    throw new TypeError('Failed to fetch')
  }
  expect((await failure(body(api.GET('/users')))).kind).toBe('offline')
})

test('an abort stays an abort', async () => {
  answer = () => {
    throw new DOMException('stopped', 'AbortError')
  }
  await expect(body(api.GET('/users'))).rejects.toHaveProperty('name', 'AbortError')
})

test('the expected version goes out in quotes', () => {
  expect(ifMatch(3)).toEqual({ 'If-Match': '"3"' })
})
