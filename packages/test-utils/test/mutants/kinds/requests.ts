import type { EndpointId } from '@ai-ticket-creator/domain'
import {
  type AppOptions,
  type AppUser,
  createApp,
  createUserDirectory,
  endpointAt,
  type UserDirectory,
} from '@ai-ticket-creator/reference-api'
import type { Mutant } from '../mutant.ts'

export const endpointOfRequest = ({ method, url }: Request): EndpointId | undefined =>
  endpointAt(method, new URL(url).pathname)

/** The organization of the caller; empty for an unknown one. */
export function organizationOf(request: Request, users: AppOptions['users']): string {
  const token = request.headers.get('Authorization')?.replace('Bearer ', '')
  return listOf(users).find((user) => user.token === token)?.organization_id ?? ''
}

/** Replaces the user directory. */
export function onUsers(
  id: string,
  defect: string,
  change: (directory: UserDirectory, users: readonly AppUser[]) => Partial<UserDirectory>,
): Mutant {
  return {
    id,
    kind: 'by hand',
    defect,
    create: (options) => {
      const users = listOf(options.users)
      const directory = createUserDirectory(users)
      return createApp({ ...options, users: { ...directory, ...change(directory, users) } }).fetch
    },
  }
}

// The verification of mutants always passes a list.
const listOf = (users: AppOptions['users']): readonly AppUser[] =>
  users !== undefined && 'length' in users ? users : []
