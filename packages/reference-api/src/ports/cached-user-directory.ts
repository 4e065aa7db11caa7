import type { UserDirectory } from './ports.ts'

/**
 * A directory that looks up each user once, for one request. A user found before a write is not looked up again after the
 * write, where a failing directory would fail a completed call.
 */
export function cachedUserDirectory(users: UserDirectory): UserDirectory {
  const found = new Map<string, ReturnType<UserDirectory['find']>>()
  return {
    authenticate: (token) => users.authenticate(token),
    organizations: async () => users.organizations?.() ?? [],
    find(organizationId, userId) {
      const name = JSON.stringify([organizationId, userId])
      const user = found.get(name) ?? users.find(organizationId, userId)
      found.set(name, user)
      return user
    },
  }
}
