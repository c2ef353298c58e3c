import { api, body, type Schemas } from '@/api/client'

export const me = (signal: AbortSignal) => body(api.GET('/auth/me', { signal }))

/** The change ends every session of the person, this one too: answers a new one. */
export async function changePassword(username: string, change: Schemas['ChangePassword']) {
  await body(api.POST('/auth/password', { body: change }))
  return body(api.POST('/auth/login', { body: { username, password: change.new_password } }))
}
