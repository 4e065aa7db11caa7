import { formatFields } from './format-fields.ts'

const brand = (name: string): symbol => Symbol.for(`@ai-ticket-creator/sdk/${name}`)

/** What all errors share: facts as own fields, so that logs and JSON show them. */
export abstract class TicketCreatorError extends Error {
  /** The fields that an earlier request of the same call has written already; absent when there are none. */
  declare readonly applied?: readonly string[]
  /** The id of what a request of the same call has created; absent when it has created nothing. */
  declare readonly created?: string

  /** The name, the message and the facts. */
  toJSON(): object {
    return Object.assign({ name: this.name, message: this.message }, this)
  }
}

// On the prototype, before the first error is made: so that the stack begins with the name. The brand is a registry
// symbol, which two copies of this package share, while their classes differ.
export function defineName(errorClass: { readonly prototype: TicketCreatorError }, word: string): void {
  Object.defineProperties(errorClass.prototype, {
    name: { value: word, writable: true, configurable: true },
    [brand(word)]: { value: true },
  })
}

export const hasBrand = (value: unknown, word: string): boolean =>
  typeof value === 'object' && value !== null && brand(word) in value

/** What a call has done before it failed. */
export interface CompletedWork {
  /** The fields that are written. */
  applied: readonly string[]
  /** The id of what is created. */
  created?: string
}

/** Tells of a failure what the call had done before: nobody has to find out that half of it is there. */
export function attachCompletedWork(error: unknown, { applied, created }: CompletedWork): unknown {
  if (!(error instanceof TicketCreatorError) || applied.length === 0) return error
  error.message +=
    created === undefined ? `; written before that: ${formatFields(applied)}` : `; created before that: ${created}`
  return Object.assign(error, { applied, ...(created !== undefined && { created }) })
}
