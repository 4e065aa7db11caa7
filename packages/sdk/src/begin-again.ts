import type { Done } from './errors.ts'
import { type Words, wordsOf } from './generation.ts'
import type { Settings } from './options.ts'

/** What a call keeps of its present step. */
export interface Stepping {
  readonly settings: Pick<Settings, 'generation' | 'backend'>
  /** What earlier requests have written. */
  readonly done: Done
  /** The words that the step stays with; undefined as long as nothing depends on them. */
  words: Words | undefined
  /** Whether it was begun again, and how much the call had written before it. */
  begun: { readonly again: boolean; readonly written: number }
}

/** Thrown within a step only: the backend speaks other words than those it was begun in, and nothing is written. */
export class OtherWords extends Error {
  readonly words: Words

  constructor(words: Words) {
    super(`the backend speaks ${words}`)
    this.words = words
  }
}

/** Runs a step of a call; once more, from its beginning, when the backend turns out to speak the other words. */
export async function inItsWords<T>(call: Stepping, step: () => Promise<T>): Promise<T> {
  const { begun } = call
  call.begun = { again: false, written: writtenIn(call) }
  try {
    return await step()
  } catch (error) {
    if (!(error instanceof OtherWords)) throw error
    call.begun = { ...call.begun, again: true }
    call.words = error.words
    return await step()
  } finally {
    call.begun = begun
  }
}

/** Whether the present step may begin again: once, and only if nothing is written by it. */
export const mayBeginAgain = (call: Stepping): boolean =>
  call.settings.generation === 'auto' && !call.begun.again && writtenIn(call) === call.begun.written

const writtenIn = ({ done: { applied, created } }: Stepping): number => applied.length + (created === undefined ? 0 : 1)

/** Begins the step again if meanwhile another reply has shown that the backend speaks other words than it was begun in. */
export function checkStill(call: Stepping, words: Words): void {
  const { evidence } = call.settings.backend.memo
  const spoken = evidence && wordsOf(evidence.generation)
  if (spoken !== undefined && spoken !== words && mayBeginAgain(call)) throw new OtherWords(spoken)
}
