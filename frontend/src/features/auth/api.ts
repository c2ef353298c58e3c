import { api, body, type Schemas } from '@/api/client'

export const login = (credentials: Schemas['LoginRequest']) =>
  body(api.POST('/auth/login', { body: credentials }))
