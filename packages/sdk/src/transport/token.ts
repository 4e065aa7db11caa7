import type { CallContext } from '../core/context.ts'
import { isHeaderValue } from '../core/header-syntax.ts'
import { issueAt } from '../errors/issue.ts'
import { InvalidRequestError } from '../errors/request-errors.ts'

/** Gets the token from the option `token`. */
export async function requestToken(call: CallContext): Promise<string> {
  const { token } = call.settings
  return checkToken(call, typeof token === 'string' ? token : await token())
}

/** @throws InvalidRequestError for a token that a header cannot carry. */
export function checkToken({ secrets }: CallContext, token: string): string {
  secrets.add(token)
  if (isHeaderValue(token)) return token
  throw new InvalidRequestError([issueAt(['options', 'token'], '`token` must return a text that is valid in a header')])
}
