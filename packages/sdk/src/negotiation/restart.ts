import type { Begun, Call } from '../core/context.ts'
import type { Words } from '../core/wire.ts'
import type { ApiError } from '../errors/api-error.ts'
import { contradicts, wordsOf } from './detect-generation.ts'

/** Thrown within a call only: the backend speaks other words than those it was begun in, and nothing is written. */
export class OtherWords extends Error {
  readonly words: Words

  constructor(words: Words) {
    super(`the backend speaks ${words}`)
    this.words = words
  }
}

/** Runs the work of a call; once more, from its beginning, when the backend turns out to speak the other words. */
export async function inItsWords<T>(call: Begun, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof OtherWords)) throw error
    call.again = true
    call.words = error.words
    return await work()
  }
}

/** Whether a call may begin again: once, and only if nothing is written by it. */
export const mayBeginAgain = ({ settings, again, done: { applied, created } }: Begun): boolean =>
  settings.generation === 'auto' && !again && applied.length === 0 && created === undefined

/** Begins the call again if meanwhile another reply has shown that the backend speaks other words than it was begun in. */
export function checkStill(call: Begun, words: Words): void {
  const { evidence } = call.settings.backend.memo
  const spoken = evidence && wordsOf(evidence.generation)
  if (spoken !== undefined && spoken !== words && mayBeginAgain(call)) throw new OtherWords(spoken)
}
// What says that nothing was written: the service has read the request and does not want it.
const REFUSED: readonly number[] = [400, 404, 405, 410, 422]
/** Begins the call again when a refusal shows that the backend speaks the other words. */

export function beginAgainAfter(call: Call, { status }: ApiError, method: string, words: Words): void {
  // An earlier try may have created something, even if another backend behind the same address refused this one.
  const isProof = REFUSED.includes(status) && !(method === 'POST' && call.doubtful)
  if (isProof && contradicts(call.shown, words) && mayBeginAgain(call)) throw new OtherWords(call.shown)
}
