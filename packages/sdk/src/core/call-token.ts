import { issueAt } from '../errors/issue.ts'
import type { Secrets } from '../errors/redact.ts'
import { InvalidRequestError } from '../errors/request-errors.ts'
import type { CallLimit } from './call-limit.ts'
import { isHeaderValue } from './header-syntax.ts'
import type { Settings } from './settings.ts'
import { untilAborted } from './timeout.ts'

/**
 * The token of all requests of a call. A token function may return the token of another organization each time, so it is
 * called once for a call, and once more after a 401.
 */
export interface CallToken {
  /** The token. A promise only if the token function must be called. */
  get(): string | Promise<string>
  /** Requests another token after a 401, once per call. True if the token has changed. */
  replace(isInDoubt: boolean): Promise<boolean>
  /** Takes the token that another call has used on behalf of this one. */
  adopt(token: string): void
  /** Runs work that uses an id which was looked up with the token. */
  bind<T>(work: () => Promise<T>): Promise<T>
  /** Whether work that was passed to `bind` is running. */
  readonly isBound: boolean
}

/**
 * Internal signal: the token was replaced after a 401, and nothing has been written yet. The current work uses an id that was
 * looked up with the former token, which may belong to another organization.
 */
export class TokenReplacedError extends Error {}

interface TokenSource {
  readonly option: Settings['token']
  readonly secrets: Secrets
  readonly limit: CallLimit
  /** The token of the call that this one is made on behalf of. */
  readonly inherited: string | undefined
}

export function createCallToken({ option, secrets, limit, inherited }: TokenSource): CallToken {
  let current = inherited
  let isReplaced = false
  let isBound = false

  const request = async (): Promise<string> =>
    use(typeof option === 'string' ? option : await untilAborted(limit.signal, async () => option()))

  function use(token: string): string {
    secrets.add(token)
    if (!isHeaderValue(token))
      throw new InvalidRequestError([
        issueAt(['options', 'token'], '`token` must return a string that is valid in a header'),
      ])
    current = token
    return token
  }

  return {
    get: () => (current === undefined && typeof option === 'function' ? request() : use(current ?? String(option))),
    async replace(isInDoubt) {
      if (typeof option === 'string' || isReplaced) return false
      // A create in doubt must not run for another organization.
      if (isBound && isInDoubt) return false
      isReplaced = true
      const former = current
      return (await request()) !== former
    },
    adopt(token) {
      if (token !== current) isReplaced = true
      current = token
    },
    async bind(work) {
      isBound = true
      try {
        return await work()
      } finally {
        isBound = false
      }
    },
    get isBound() {
      return isBound
    },
  }
}
