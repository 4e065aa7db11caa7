import type { CallContext, RestartState } from '../core/call-context.ts'
import type { WireGeneration } from '../core/wire.ts'
import type { ApiError } from '../errors/api-error.ts'
import { generationForRead } from './choose-generation.ts'
import { contradicts, otherGeneration, wireGenerationOf } from './detect-generation.ts'

// Everything that asks again in the other generation: reads are repeated, calls with writes start again.

/** Internal signal: the backend is of another generation than assumed, and nothing has been written yet. */
export class GenerationMismatch extends Error {
  readonly generation: WireGeneration

  constructor(generation: WireGeneration) {
    super(`the backend is ${generation}`)
    this.generation = generation
  }
}

/** Runs the work of a call; once more from its start if the backend turns out to be of the other generation. */
export async function withRestart<T>(call: RestartState, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof GenerationMismatch)) throw error
    call.hasRestarted = true
    call.generation = error.generation
    return await work()
  }
}

/** Whether a call may start again: once, and only if it has written nothing. */
export const canRestart = ({
  settings,
  hasRestarted: restarted,
  completed: { applied, created },
}: RestartState): boolean =>
  settings.generation === 'auto' && !restarted && applied.length === 0 && created === undefined

/** Restarts the call if another reply has meanwhile shown that the backend is of another generation than assumed. */
export function assertGenerationUnchanged(call: RestartState, assumed: WireGeneration): void {
  const { evidence } = call.settings.backend.generationCache
  const shown = evidence && wireGenerationOf(evidence.generation)
  if (shown !== undefined && shown !== assumed && canRestart(call)) throw new GenerationMismatch(shown)
}

// Statuses that prove that nothing was written: the service has read the request and refused it.
const REFUSED: readonly number[] = [400, 404, 405, 410, 422]

/** Restarts the call if a refusal shows that the backend is of the other generation. */
export function restartOnMismatch(
  call: CallContext,
  { status }: ApiError,
  method: string,
  assumed: WireGeneration,
): void {
  // An earlier attempt may have created something, even if another process of the backend refused this one.
  const isProof = REFUSED.includes(status) && !(method === 'POST' && call.isInDoubt)
  if (isProof && contradicts(call.observedGeneration, assumed) && canRestart(call))
    throw new GenerationMismatch(call.observedGeneration)
}

/**
 * Sends a read whose query differs between the generations: if the reply shows the other generation, the backend ignored
 * or refused the query, and it is sent again in that generation.
 */
export async function readInEitherGeneration<T>(
  call: CallContext,
  read: (generation: WireGeneration) => Promise<T>,
): Promise<T> {
  const assumed = generationForRead(call)
  const isMismatch = (): boolean => call.settings.generation === 'auto' && contradicts(call.observedGeneration, assumed)
  try {
    const first = await read(assumed)
    if (!isMismatch()) return first
  } catch (error) {
    if (!isMismatch()) throw error
  }
  return read(otherGeneration(assumed))
}
