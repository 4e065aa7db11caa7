import type { User } from '@ai-ticket-creator/domain'
import type { Caller, UserDirectory } from './ports.ts'

/**
 * A directory that looks up each user once, for one request, and the caller not again. A user found before a write is not
 * looked up again after the write, where a failing directory would fail a completed call.
 */
export function cachedUserDirectory(users: UserDirectory, caller: Caller): UserDirectory {
  const own = nameOf(caller.organizationId, caller.user.id)
  const found = new Map([[own, Promise.resolve<User | undefined>(caller.user)]])
  return {
    authenticate: (token) => users.authenticate(token),
    organizations: async () => users.organizations?.() ?? [],
    find(organizationId, userId) {
      const name = nameOf(organizationId, userId)
      const user = found.get(name) ?? users.find(organizationId, userId)
      found.set(name, user)
      return user
    },
  }
}

const nameOf = (organizationId: string, userId: string): string => JSON.stringify([organizationId, userId])
