import * as z from 'zod/mini'
import { type Limit, MAX_URL, textLimits, urlLimits } from './limits.ts'

/**
 * A schema that checks values of `T`. Only its verdict is used, never the value that zod rebuilds: zod reorders keys and
 * drops an own `__proto__`. So the value that was checked is the value that is sent or returned.
 */
export type Schema<T> = z.ZodMiniType<T, T>

/** A schema of any type. */
export type AnySchema = z.core.$ZodType

/** The type of an object with a shape, without an index signature. An interface over it keeps the comments of the keys. */
export type OutputOf<S extends z.core.$ZodShape> = z.output<z.ZodMiniObject<S>>

/** The length limits of a string, for documents. */
export interface TextLimit {
  readonly minLength?: number
  readonly maxLength?: number
}

/**
 * A string with limits in code points after trimming, as the existing backend counts. A minimum of 1 means: not blank.
 */
export function text({ min = 0, max = Number.POSITIVE_INFINITY }: { min?: 0 | 1; max?: number } = {}): Schema<string> {
  const limits = textLimits(min, max)
  if (limits.length === 0) return z.string()

  const documented: TextLimit = { ...(min > 0 && { minLength: min }), ...(Number.isFinite(max) && { maxLength: max }) }
  return z.string().check(...limits.map(toRefinement), z.meta({ ...documented }))
}

// zod counts code units, so we check the length ourselves.
const toRefinement = ({ type, rule, allows }: Limit<string>): z.core.$ZodCheck<string> =>
  z.refine(allows, { params: { type, rule } })

/** The rules of `urlLimits`, except the length, as a pattern for JSON Schema. */
const WEB_ADDRESS = '^\\s*[hH][tT][tT][pP][sS]?://[^\\s/?#@:][^\\s/?#@]*([/?#]\\S*)?\\s*$'

/** An absolute URL with http:// or https:// and a host, without spaces. No user or password, because replies show the URL. */
export const webAddress = (): Schema<string> =>
  z.string().check(...urlLimits.map(toRefinement), z.meta({ maxLength: MAX_URL, pattern: WEB_ADDRESS }))

/** An integer in a range. */
export function integer({ min, max }: { min?: number; max?: number } = {}): Schema<number> {
  const checks = [...(min === undefined ? [] : [z.minimum(min)]), ...(max === undefined ? [] : [z.maximum(max)])]
  // Our own message, because zod would ask for a number instead of an integer.
  return z.int('int').check(...checks)
}

/** Optional and nullable. */
export const nullish = <T>(schema: Schema<T>): z.ZodMiniOptional<z.ZodMiniNullable<Schema<T>>> =>
  z.optional(z.nullable(schema))

/** Any JSON object. */
export const jsonObject = (): Schema<Record<string, unknown>> => z.record(z.string(), z.unknown())

/** An object whose values are strings. */
export const textMap = (): Schema<Record<string, string>> => z.record(z.string(), z.string())

/** A UUID, hyphenated, any version. */
// Our own message, because zod would ask for a string instead of a UUID.
export const uuid = (): Schema<string> => z.guid('uuid')

/** A time in a request: ISO 8601 with `Z`, with an offset, or with neither (then UTC). */
export const dateTime = (): Schema<string> => z.iso.datetime({ offset: true, local: true, error: 'datetime' })

/** A time in a reply: ISO 8601. Not checked, because a newer backend may send times in another format. */
export const timestamp = (): Schema<string> => z.string().check(z.meta({ format: 'date-time' }))

/** An enum value in a reply: a known one, or one that is newer than this version, typed as `Unknown`. */
export const openEnum = <Known extends string, Unknown>(known: readonly Known[]): Schema<Known | Unknown> =>
  // `Unknown` exists in types only: any string is valid, and the caller narrows it with a guard.
  z.string().check(z.meta({ 'x-extensible-enum': known })) as unknown as Schema<Known | Unknown>

/** The names of the fields of an object schema, in order. */
export function fieldsOf(schema: AnySchema): readonly string[] {
  return Object.keys(shapeOf(schema))
}

/** The fields of an object schema that hold any JSON object. */
export const freeFieldsOf = (schema: AnySchema): readonly string[] =>
  Object.entries(shapeOf(schema)).flatMap(([name, field]) => (isFree(field) ? [name] : []))

function isFree(schema: AnySchema): boolean {
  // Wrappers and records have an inner schema, which the base type of definitions does not declare.
  const { type, innerType, valueType } = schema._zod.def as {
    type: string
    innerType?: AnySchema
    valueType?: AnySchema
  }
  return innerType === undefined ? type === 'record' && valueType?._zod.def.type === 'unknown' : isFree(innerType)
}

/** The schemas of the fields of an object schema; none for other kinds. */
export function shapeOf(schema: AnySchema): Readonly<Record<string, z.core.$ZodType>> {
  // zod declares only the members that all definitions have. The definition of an object also has `shape`.
  const { shape } = schema._zod.def as { shape?: Record<string, z.core.$ZodType> }
  return shape ?? {}
}
