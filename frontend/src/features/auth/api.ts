import { api, body, type Schemas } from '@/api/client'

export const login = (credentials: Schemas['LoginRequest']) =>
  body(api.POST('/auth/login', { body: credentials }))

export const loginMethods = (signal: AbortSignal) => body(api.GET('/auth/methods', { signal }))

/** Where a browser goes to log in at the provider. */
export const ssoUrl = (next: string) => `/api/admin/v1/auth/oidc/start?next=${encodeURIComponent(next)}`

/** Sets a password by the token of a one-time link. */
export const acceptInvitation = (acceptance: Schemas['AcceptInvitation']) =>
  body(api.POST('/auth/invitations/accept', { body: acceptance }))
