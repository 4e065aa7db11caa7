import type { ProblemCode } from '../problems/problems.ts'
import type { AnySchema } from '../schema/schema.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** The generations of the API, oldest first: `legacy` has the retired names, `current` the new ones, `transitional` both. */
export const GENERATIONS = ['legacy', 'transitional', 'current'] as const
export type Generation = (typeof GENERATIONS)[number]

/** One operation of the API. */
export interface Endpoint {
  readonly method: Method
  /** Below `/api/v1`, with parameters in braces. Collections end with a slash, items do not. */
  readonly path: string
  readonly summary: string
  readonly query?: AnySchema
  readonly body?: AnySchema
  /** Absent if the reply is empty. */
  readonly reply?: AnySchema
  /** The status of success. */
  readonly status: 200 | 201 | 204
  /** Where the reply has its entities, if it is not itself the entity. */
  readonly envelope?: 'array' | 'items' | 'ticket'
  /** Whether the reply has the `ETag` of the row that the call changed, although the row is not in it. */
  readonly etag?: true
  /** Reply fields that may be sent back unchanged in an update: another value is refused. Other reply fields are ignored. */
  readonly readOnly?: readonly string[]
  /** The entity of an update, as replies and items of lists show it. Its fields may be sent back. */
  readonly entities?: readonly AnySchema[]
  /** Error codes besides those that every endpoint can answer with. */
  readonly refusals?: readonly ProblemCode[]
  /** The first generation that has the endpoint. Absent: the first of all. */
  readonly since?: Generation
  /** The last generation that has the endpoint. Absent: the last of all. */
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
    // URL parsing would resolve a dot segment and reach another route. Half of a surrogate pair cannot be encoded.
    if (typeof value !== 'string' || value === '' || value === '.' || value === '..' || /\p{Surrogate}/u.test(value))
      throw new TypeError(`\`${name}\` must be a non-empty id`)
    return encodeURIComponent(value)
  })
}
