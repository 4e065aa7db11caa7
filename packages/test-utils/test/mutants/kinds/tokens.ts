import type { Mutant } from '../mutant.ts'
import { around } from '../wrap.ts'
import { onUsers } from './requests.ts'

/** Tokens that are accepted although they are not the issued ones. */
export const tokenDefects: readonly Mutant[] = [
  onUsers('token-with-suffix', 'a token with text behind it is accepted', (directory, users) => ({
    authenticate: (token) => directory.authenticate(users.find((user) => token.startsWith(user.token))?.token ?? token),
  })),
  onUsers('token-without-end', 'the first characters of a token are enough', (directory, users) => ({
    authenticate: (token) =>
      directory.authenticate(users.find((user) => token.length >= 9 && user.token.startsWith(token))?.token ?? token),
  })),
  onUsers('token-in-any-case', 'tokens are compared without regard to case', (directory, users) => ({
    authenticate: (token) =>
      directory.authenticate(users.find((user) => user.token.toLowerCase() === token.toLowerCase())?.token ?? token),
  })),
  around('token-with-any-scheme', 'any authentication scheme is accepted', 'all', (request, next) => {
    const value = request.headers.get('Authorization')
    if (value === null) return next(request)
    const headers = new Headers(request.headers)
    headers.set('Authorization', `Bearer ${value.split(' ').at(-1) ?? ''}`)
    return next(new Request(request, { headers }))
  }),
  around('token-in-query', 'a token in the query is accepted', 'all', (request, next) => {
    const url = new URL(request.url)
    const token = url.searchParams.get('access_token') ?? url.searchParams.get('token')
    if (token === null) return next(request)
    url.searchParams.delete('access_token')
    url.searchParams.delete('token')
    const headers = new Headers(request.headers)
    headers.set('Authorization', `Bearer ${token}`)
    return next(new Request(new Request(url, request), { headers }))
  }),
]
