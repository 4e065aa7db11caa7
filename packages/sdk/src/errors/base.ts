import { formatFields } from './format-fields.ts'

/** The base of every error of this package. Its details are own properties, so that logs and JSON contain them. */
export abstract class TicketCreatorError extends Error {
  static {
    defineName(TicketCreatorError, 'TicketCreatorError')
  }
  /** Fields that the call has written although it failed; absent when there are none. */
  declare readonly applied?: readonly string[]
  /** The id of the row that an earlier request of the same call has created; absent when there is none. */
  declare readonly created?: string

  /** The name, the message and the details. */
  toJSON(): object {
    return Object.assign({ name: this.name, message: this.message }, this)
  }
}

type ErrorClass = abstract new (...args: never[]) => TicketCreatorError

/**
 * Sets the public name of an error class. A static block calls it, so that the stack of every instance begins with the
 * name. Bundlers rename classes, so the constructor gets the name too; Node prints the name of the constructor.
 *
 * The brand is a symbol of the global registry: two copies of this package have different classes, but the same brand.
 */
export function defineName(errorClass: ErrorClass, name: string): void {
  Object.defineProperty(errorClass, 'name', { value: name, configurable: true })
  Object.defineProperties(errorClass.prototype, {
    name: { value: name, writable: true, configurable: true },
    [brand(name)]: { value: true },
  })
}

/** Whether a value is an instance of the class with this name, even if another copy of this package created it. */
export const hasBrand = (value: unknown, name: string): boolean =>
  typeof value === 'object' && value !== null && brand(name) in value

// A hoisted function: the static block of the base class calls it.
function brand(name: string): symbol {
  return Symbol.for(`@ai-ticket-creator/sdk/${name}`)
}

/** What a call had written before it failed. */
export interface CompletedWork {
  /** Fields that were written. */
  readonly applied: readonly string[]
  /** The id of the row that was created. */
  readonly created?: string | undefined
}

/** Adds the completed work of a call to its error, so that the caller can see which part was executed. */
export function attachCompletedWork(error: unknown, { applied, created }: CompletedWork): unknown {
  if (!(error instanceof TicketCreatorError) || (applied.length === 0 && created === undefined)) return error
  error.message +=
    created === undefined ? `; these fields were written: ${formatFields(applied)}` : `; already created: ${created}`
  return Object.assign(error, { applied: [...applied], ...(created !== undefined && { created }) })
}
