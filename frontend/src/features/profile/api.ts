import { api, body, type Schemas } from '@/api/client'

export const me = (signal: AbortSignal) => body(api.GET('/auth/me', { signal }))

export const changePassword = (change: Schemas['ChangePassword']) =>
  body(api.POST('/auth/password', { body: change }))
