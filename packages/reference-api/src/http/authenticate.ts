import type { EndpointId } from '@ai-ticket-creator/domain'
import { bearerToken } from '@ai-ticket-creator/domain/internal'
import { ProblemError } from '../errors/problem-error.ts'
import type { Caller } from '../ports/ports.ts'
import type { AppContext } from './request-context.ts'

/**
 * The owner of the bearer token of a request. Without a valid token a request is refused with 401, except on the public
 * endpoints of a profile.
 */
export async function authenticate(
  { users, behavior, anonymous }: AppContext,
  endpointId: EndpointId,
  request: Request,
): Promise<Caller> {
  const token = bearerToken(request.headers.get('Authorization'))
  const caller = token === undefined ? undefined : await users.authenticate(token)
  if (caller !== undefined) return caller
  if (behavior.isPublic(endpointId) && anonymous !== undefined) return anonymous

  const detail = token === undefined ? 'send `Authorization: Bearer <token>`' : 'the token is unknown or revoked'
  throw new ProblemError('unauthenticated', detail, { headers: { 'WWW-Authenticate': 'Bearer' } })
}
