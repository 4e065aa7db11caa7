import type { CallContext } from '../core/context.ts'
import { isHeaderValue } from '../core/header-syntax.ts'
import { issueAt } from '../errors/issue.ts'
import { InvalidRequestError } from '../errors/request-errors.ts'

// A token function may return the token of another organization each time, so a call gets its token once.

/**
 * Internal signal: the token was replaced after a 401, and nothing has been written yet. The present work uses an id that was
 * looked up with the former token, which may be of another organization.
 */
export class TokenReplaced extends Error {}

/** The token of a call. Not a promise for a static token, or for one that the call has already. */
export function tokenOf(call: CallContext): string | Promise<string> {
  const { token } = call.settings
  if (call.token === undefined && typeof token === 'function') return requestToken(call)
  return useToken(call, call.token ?? String(token))
}

/** Requests another token after a 401, once per call. Whether there is one. */
export async function replaceToken(call: CallContext): Promise<boolean> {
  if (typeof call.settings.token === 'string' || call.hasNewToken) return false
  // A create in doubt must not run for another organization.
  if (call.isBoundToToken && call.isInDoubt) return false
  call.hasNewToken = true
  const former = call.token
  return (await requestToken(call)) !== former
}

/** Throws the signal to look up again, if the work is bound to the former token and has written nothing. */
export function assertTokenUnbound({ isBoundToToken, completed }: CallContext): void {
  const hasWritten = completed.applied.length > 0 || completed.created !== undefined
  if (isBoundToToken && !hasWritten) throw new TokenReplaced()
}

async function requestToken(call: CallContext): Promise<string> {
  const { token } = call.settings
  return useToken(call, typeof token === 'string' ? token : await token())
}

function useToken(call: CallContext, token: string): string {
  call.secrets.add(token)
  if (!isHeaderValue(token))
    throw new InvalidRequestError([
      issueAt(['options', 'token'], '`token` must return a string that is valid in a header'),
    ])
  call.token = token
  return token
}
