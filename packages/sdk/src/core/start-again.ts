import type { WireGeneration } from './wire.ts'

/** Internal signal: the call starts again in another generation, because nothing has been written yet. */
export class StartAgainError extends Error {
  readonly generation: WireGeneration

  constructor(generation: WireGeneration) {
    super(`the backend is ${generation}`)
    this.generation = generation
  }
}
