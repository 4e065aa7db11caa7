import type { CallContext, RestartState } from '../core/context.ts'
import type { WireGeneration } from '../core/wire.ts'
import type { ApiError } from '../errors/api-error.ts'
import { contradicts, wireGenerationOf } from './detect-generation.ts'

/** Thrown within a call only: the backend speaks other words than those it was begun in, and nothing is written. */
export class GenerationMismatch extends Error {
  readonly generation: WireGeneration

  constructor(words: WireGeneration) {
    super(`the backend speaks ${words}`)
    this.generation = words
  }
}

/** Runs the work of a call; once more, from its beginning, when the backend turns out to speak the other words. */
export async function withRestart<T>(call: RestartState, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof GenerationMismatch)) throw error
    call.restarted = true
    call.generation = error.generation
    return await work()
  }
}

/** Whether a call may begin again: once, and only if nothing is written by it. */
export const canRestart = ({ settings, restarted, done: { applied, created } }: RestartState): boolean =>
  settings.generation === 'auto' && !restarted && applied.length === 0 && created === undefined

/** Begins the call again if meanwhile another reply has shown that the backend speaks other words than it was begun in. */
export function assertGenerationUnchanged(call: RestartState, words: WireGeneration): void {
  const { evidence } = call.settings.backend.generationCache
  const spoken = evidence && wireGenerationOf(evidence.generation)
  if (spoken !== undefined && spoken !== words && canRestart(call)) throw new GenerationMismatch(spoken)
}
// What says that nothing was written: the service has read the request and does not want it.
const REFUSED: readonly number[] = [400, 404, 405, 410, 422]
/** Begins the call again when a refusal shows that the backend speaks the other words. */

export function restartOnMismatch(
  call: CallContext,
  { status }: ApiError,
  method: string,
  words: WireGeneration,
): void {
  // An earlier try may have created something, even if another backend behind the same address refused this one.
  const isProof = REFUSED.includes(status) && !(method === 'POST' && call.doubtful)
  if (isProof && contradicts(call.observedGeneration, words) && canRestart(call))
    throw new GenerationMismatch(call.observedGeneration)
}
