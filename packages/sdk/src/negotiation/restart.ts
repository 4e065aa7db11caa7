import type { Settings } from '../core/options.ts'
import type { Done } from '../errors/base.ts'
import { type Words, wordsOf } from './detect-generation.ts'

/** What a call keeps of the words it is done in. */
export interface Begun {
  readonly settings: Pick<Settings, 'generation' | 'backend'>
  /** What earlier requests have written. */
  readonly done: Done
  /** The words that the call stays with; undefined as long as nothing depends on them. */
  words: Words | undefined
  /** Whether it was begun again. */
  again: boolean
}

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
