import type { Caller, UserDirectory } from './ports.ts'

/**
 * A directory that looks up each user once, for one request, and the caller not again. A user found before a write is not
 * looked up again after the write, where a failing directory would fail a completed call.
 */
export function cachedUserDirectory(users: UserDirectory, caller: Caller): UserDirectory {
  const found = new Map<string, ReturnType<UserDirectory['find']>>()
  return {
    authenticate: (token) => users.authenticate(token),
    organizations: async () => users.organizations?.() ?? [],
    async find(organizationId, userId) {
      if (organizationId === caller.organizationId && userId === caller.user.id) return caller.user
      const name = JSON.stringify([organizationId, userId])
      const user = found.get(name) ?? users.find(organizationId, userId)
      found.set(name, user)
      return user
    },
  }
}
