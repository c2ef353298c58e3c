import { api, body, ifMatch, read, type Schemas } from '@/api/client'

export type Team = Schemas['Team']
export type User = Schemas['User']
export type Status = Schemas['Status']

export const STATUSES: readonly Status[] = ['active', 'disabled']

export interface TeamFilter {
  q?: string
  status?: Status
}

export const findTeams = (filter: TeamFilter, cursor: string | undefined, signal: AbortSignal) =>
  read(api.GET('/teams', { params: { query: { ...filter, cursor, limit: 50 } }, signal }))

export const getTeam = (id: string, signal?: AbortSignal) =>
  read(api.GET('/teams/{id}', { params: { path: { id } }, signal }))

export const createTeam = (team: Schemas['CreateTeam']) => body(api.POST('/teams', { body: team }))

export const editTeam = ({ id, version }: Team, changes: Schemas['EditTeam']) =>
  body(api.PATCH('/teams/{id}', { params: { path: { id }, header: ifMatch(version) }, body: changes }))

export const disableTeam = (id: string) => body(api.POST('/teams/{id}/disable', { params: { path: { id } } }))
export const enableTeam = (id: string) => body(api.POST('/teams/{id}/enable', { params: { path: { id } } }))

export const findMembers = (id: string, cursor: string | undefined, signal: AbortSignal) =>
  read(api.GET('/users', { params: { query: { team_id: id, cursor, limit: 50 } }, signal }))

/** @throws ApiError 409 when the person is in another team */
export const addMember = (id: string, userId: string) =>
  body(api.POST('/teams/{id}/members', { params: { path: { id } }, body: { user_id: userId } }))

/** In one step out of the team before. */
export async function moveMember(id: string, userId: string) {
  const { version } = await body(api.GET('/users/{id}', { params: { path: { id: userId } } }))
  return body(
    api.PATCH('/users/{id}', {
      params: { path: { id: userId }, header: ifMatch(version) },
      body: { team_id: id },
    }),
  )
}

export const removeMember = (id: string, userId: string) =>
  body(api.DELETE('/teams/{id}/members/{user_id}', { params: { path: { id, user_id: userId } } }))

export const addManager = (id: string, userId: string) =>
  body(api.POST('/teams/{id}/managers', { params: { path: { id } }, body: { user_id: userId } }))

export const removeManager = (id: string, userId: string) =>
  body(api.DELETE('/teams/{id}/managers/{user_id}', { params: { path: { id, user_id: userId } } }))
