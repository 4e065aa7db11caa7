import type { ProblemCode } from '../problems/problems.ts'
import type { AnySchema } from '../schema/schema.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** A generation of the wire, oldest first: `legacy` knows only old names, `transitional` both, `current` only new. */
export const GENERATIONS = ['legacy', 'transitional', 'current'] as const
export type Generation = (typeof GENERATIONS)[number]

/** One operation of the API. */
export interface Endpoint {
  readonly method: Method
  /** Below `/api/v1`; parameters in braces. Collections end in a slash, items do not (CONTRACT §1.1). */
  readonly path: string
  readonly summary: string
  readonly query?: AnySchema
  readonly body?: AnySchema
  /** Absent: an empty reply. */
  readonly reply?: AnySchema
  /** The status of success. */
  readonly status: 200 | 201 | 204
  /** Where the reply holds the entity, when it is not the entity itself. */
  readonly envelope?: 'array' | 'items' | 'ticket'
  /** Whether the reply has the `ETag` of the row that the call changed, although it does not show the row. */
  readonly etag?: true
  /** Reply fields that may be sent back unchanged; a different value is refused. Other reply fields are ignored. */
  readonly readOnly?: readonly string[]
  /** The entity that an update reads and writes, for the fields that may be sent back. */
  readonly entity?: AnySchema
  /** Codes beyond those that every endpoint can answer. */
  readonly refusals?: readonly ProblemCode[]
  /** The first generation that has it, when it is not the first. */
  readonly since?: Generation
  /** The last generation that has it, when it is not the last. */
  readonly until?: Generation
}

/** Keeps the literal types of an entry. */
export const endpoint = <const E extends Endpoint>(entry: E): E => entry

/** The names of the parameters in a path, as a type: `'ticket_id'` in `/tickets/{ticket_id}`. */
export type ParamName<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParamName<Rest>
  : never

/** The names of the parameters in a path. */
export const paramNames = (path: string): readonly string[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '')

/** The path with its parameters filled in, each encoded: `/integrations/{integration_id}` → `/integrations/7`. */
export function fillPath(path: string, params: Readonly<Record<string, string>>): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = Object.hasOwn(params, name) ? params[name] : undefined
    // A dot segment would be folded away by URL parsing and reach another route; half a character can not be encoded.
    if (typeof value !== 'string' || value === '' || value === '.' || value === '..' || /\p{Surrogate}/u.test(value))
      throw new TypeError(`\`${name}\` must be a non-empty id`)
    return encodeURIComponent(value)
  })
}
