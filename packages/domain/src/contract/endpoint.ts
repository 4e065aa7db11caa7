import type { ProblemCode } from '../problems/problems.ts'
import type { AnySchema } from '../schema/schema.ts'

/** The HTTP method of an endpoint. */
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** The generations of the API, oldest first: `legacy` has the retired names, `current` the new ones, `transitional` both. */
export const GENERATIONS = ['legacy', 'transitional', 'current'] as const

/** One generation of the API. */
export type Generation = (typeof GENERATIONS)[number]

/** One operation of the API. */
export interface Endpoint {
  readonly method: Method
  /** Below `/api/v1`, with parameters in braces. Collections end with a slash, items do not. */
  readonly path: string
  /** What the operation does, in a few words for documents. */
  readonly summary: string
  readonly query?: AnySchema
  readonly body?: AnySchema
  /** Absent if the reply is empty. */
  readonly reply?: AnySchema
  /** The status of success. */
  readonly status: 200 | 201 | 204
  /** Where the reply has its entities. Absent: the reply itself is the entity. */
  readonly envelope?: 'array' | 'items' | 'ticket'
  /** Whether the reply has the `ETag` of the row that the call changed, although its body does not show the row. */
  readonly etag?: true
  /** Reply fields that an update may send back with their stored value only. Other reply fields in an update are ignored. */
  readonly readOnly?: readonly string[]
  /** The schemas in which replies and lists show the updated entity. The update may send their fields back. */
  readonly entities?: readonly AnySchema[]
  /** Error codes besides those that every endpoint can answer with. */
  readonly refusals?: readonly ProblemCode[]
  /** The first generation that has the endpoint. Absent: the first of all. */
  readonly since?: Generation
  /** The last generation that has the endpoint. Absent: the last of all. */
  readonly until?: Generation
}

/** Checks the type of an entry and keeps its literal types. */
export const endpoint = <const E extends Endpoint>(entry: E): E => entry

/** The names of the parameters in a path, as a type: `'ticket_id'` in `/tickets/{ticket_id}`. */
export type ParamName<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParamName<Rest>
  : never

/** The names of the parameters in a path. */
export const paramNames = (path: string): readonly string[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '')

/**
 * The path with its parameters filled in, each encoded: `/integrations/{integration_id}` → `/integrations/7`.
 *
 * @throws TypeError for a value that cannot be a segment of a path, such as an empty one.
 */
export function fillPath(path: string, params: Readonly<Record<string, string>>): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = Object.hasOwn(params, name) ? params[name] : undefined
    // URL parsing would resolve a dot segment and reach another route. Half of a surrogate pair cannot be encoded.
    if (typeof value !== 'string' || value === '' || value === '.' || value === '..' || /\p{Surrogate}/u.test(value))
      throw new TypeError(`\`${name}\` must be a non-empty id`)
    return encodeURIComponent(value)
  })
}
