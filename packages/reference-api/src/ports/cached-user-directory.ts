import type { UserDirectory } from './ports.ts'

/**
 * A directory that asks for each person once. It lives as long as a request: who was found before a write needs not be
 * found again after it, when a failure would come too late.
 */
export function rememberPeople(users: UserDirectory): UserDirectory {
  const found = new Map<string, ReturnType<UserDirectory['find']>>()
  return {
    authenticate: (token) => users.authenticate(token),
    find(organizationId, userId) {
      const name = JSON.stringify([organizationId, userId])
      const person = found.get(name) ?? users.find(organizationId, userId)
      found.set(name, person)
      return person
    },
  }
}
