import { api, body, type Schemas } from '@/api/client'

export const login = (credentials: Schemas['LoginRequest']) =>
  body(api.POST('/auth/login', { body: credentials }))

/** Sets a password by the token of a one-time link. */
export const acceptInvitation = (acceptance: Schemas['AcceptInvitation']) =>
  body(api.POST('/auth/invitations/accept', { body: acceptance }))
