import { formatFields } from './format-fields.ts'

/** The base of every error of this package. Its facts are own fields, so that logs and JSON show them. */
export abstract class TicketCreatorError extends Error {
  static {
    defineName(TicketCreatorError, 'TicketCreatorError')
  }
  /** Fields that an earlier request of the same call has written; absent when there are none. */
  declare readonly applied?: readonly string[]
  /** The id of what a request of the same call has created; absent when it has created nothing. */
  declare readonly created?: string

  /** The name, the message and the facts. */
  toJSON(): object {
    return Object.assign({ name: this.name, message: this.message }, this)
  }
}

type ErrorClass = abstract new (...args: never[]) => TicketCreatorError

/**
 * Gives an error class its public name, in a static block: before the first error is made, so that its stack begins with
 * the name. Bundlers rename classes, so the constructor gets the name as well; Node prints that one.
 *
 * The brand is a registry symbol. Two copies of this package have different classes and the same brand.
 */
export function defineName(errorClass: ErrorClass, name: string): void {
  Object.defineProperty(errorClass, 'name', { value: name, configurable: true })
  Object.defineProperties(errorClass.prototype, {
    name: { value: name, writable: true, configurable: true },
    [brand(name)]: { value: true },
  })
}

/** Whether a value is an instance of the class with this name, also of another copy of this package. */
export const hasBrand = (value: unknown, name: string): boolean =>
  typeof value === 'object' && value !== null && brand(name) in value

// A hoisted function: the static block of the base class calls it.
function brand(name: string): symbol {
  return Symbol.for(`@ai-ticket-creator/sdk/${name}`)
}

/** What a call has done before it failed. */
export interface CompletedWork {
  /** Fields that are written. */
  readonly applied: readonly string[]
  /** The id of what is created. */
  readonly created?: string | undefined
}

/** Adds the completed work of a call to its error, so that the caller can see that half of it is done. */
export function attachCompletedWork(error: unknown, { applied, created }: CompletedWork): unknown {
  if (!(error instanceof TicketCreatorError) || (applied.length === 0 && created === undefined)) return error
  error.message +=
    created === undefined ? `; written before that: ${formatFields(applied)}` : `; created before that: ${created}`
  return Object.assign(error, { applied: [...applied], ...(created !== undefined && { created }) })
}
