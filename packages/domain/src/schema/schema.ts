import * as z from 'zod/mini'

/**
 * A schema that checks values of `T`. It checks, it does not rebuild: zod reorders keys and drops an own `__proto__`,
 * so what was checked is what is sent and returned.
 */
export type Schema<T> = z.ZodMiniType<T, T>

/** A schema of whatever it checks. */
export type AnySchema = z.core.$ZodType

/** What a shape describes, without an index signature: an interface over it keeps the comments of its keys. */
export type OutputOf<S extends z.core.$ZodShape> = z.output<z.ZodMiniObject<S>>

/** A limit that JSON Schema can say and zod can not check in code points; `explain` reads it for the message. */
export interface TextLimit {
  readonly minLength?: number
  readonly maxLength?: number
}

/**
 * Text with limits in characters (code points, as the existing backend counts) after trimming.
 * A minimum of 1 means: not blank.
 */
export function text({ min = 0, max }: { min?: 0 | 1; max?: number } = {}): Schema<string> {
  const limit: TextLimit = { ...(min > 0 && { minLength: min }), ...(max !== undefined && { maxLength: max }) }
  if (min === 0 && max === undefined) return z.string()

  return z.string().check(
    z.refine((value) => min === 0 || value.trim() !== '', { params: { type: 'string_too_short', ...limit } }),
    z.refine((value) => max === undefined || fits(value.trim(), max), {
      params: { type: 'string_too_long', ...limit },
    }),
    z.meta({ ...limit }),
  )
}

// There are never more code points than code units, so most values need no walk.
const fits = (value: string, max: number): boolean => value.length <= max || [...value].length <= max

/** The pattern of `webAddress` in JSON Schema. */
const WEB_ADDRESS = '^\\s*[hH][tT][tT][pP][sS]?://[^\\s/?#@]+([/?#]\\S*)?\\s*$'

/** An absolute URL with http:// or https:// and a host, without spaces, user and password: replies show it. */
export const webAddress = (): Schema<string> =>
  z.string().check(
    z.refine((value) => /^https?:\/\//i.test(value.trim()), { params: { type: 'url_scheme' } }),
    z.refine((value) => !/\s/.test(value.trim()), { params: { type: 'url_space' } }),
    z.refine((value) => !/^https?:\/\/[^/?#]*@/i.test(value.trim()), { params: { type: 'url_userinfo' } }),
    z.refine((value) => !/^https?:\/\/(?:[:/?#]|$)/i.test(value.trim()), { params: { type: 'url_host' } }),
    z.refine((value) => fits(value.trim(), 500), { params: { type: 'string_too_long', maxLength: 500 } }),
    z.meta({ maxLength: 500, pattern: WEB_ADDRESS }),
  )

/** A whole number in a range. */
export function integer({ min, max }: { min?: number; max?: number } = {}): Schema<number> {
  const checks = [...(min === undefined ? [] : [z.minimum(min)]), ...(max === undefined ? [] : [z.maximum(max)])]
  // The message names the kind: of a text zod says that it expected just a number.
  return z.int('int').check(...checks)
}

/** Optional and nullable. */
export const nullish = <T>(schema: Schema<T>): z.ZodMiniOptional<z.ZodMiniNullable<Schema<T>>> =>
  z.optional(z.nullable(schema))

/** Any JSON object. */
export const jsonObject = (): Schema<Record<string, unknown>> => z.record(z.string(), z.unknown())

/** An object of texts. */
export const textMap = (): Schema<Record<string, string>> => z.record(z.string(), z.string())

/** A UUID, hyphenated, any version. */
// The message names the kind: of another type zod says only that it expected a string.
export const uuid = (): Schema<string> => z.guid('uuid')

/** A point in time in a request: ISO 8601, with `Z`, an offset, or none (then UTC). */
export const dateTime = (): Schema<string> => z.iso.datetime({ offset: true, local: true, error: 'datetime' })

/** A point in time in a reply: ISO 8601. Not checked, since replies are read openly. */
export const timestamp = (): Schema<string> => z.string().check(z.meta({ format: 'date-time' }))

/** A word in a reply: the known ones, or one that is newer than this version (typed as `Unknown`). */
export const openEnum = <Known extends string, Unknown>(known: readonly Known[]): Schema<Known | Unknown> =>
  // The brand is a type only; any string may come, and the caller narrows with a guard.
  z.string().check(z.meta({ 'x-extensible-enum': known })) as unknown as Schema<Known | Unknown>

/** The names of the fields that an object schema knows, in order. */
export function fieldsOf(schema: AnySchema): readonly string[] {
  return Object.keys(shapeOf(schema))
}

/** Whether a field may be null. */
export function acceptsNull(schema: AnySchema): boolean {
  // Optional wraps an inner schema; the definition's base type does not say so.
  const { type, innerType } = schema._zod.def as { type: string; innerType?: AnySchema }
  return type === 'nullable' || (type === 'optional' && innerType !== undefined && acceptsNull(innerType))
}

/** The schemas of the fields of an object schema; none for other kinds. */
export function shapeOf(schema: AnySchema): Readonly<Record<string, z.core.$ZodType>> {
  // The definition's type is the base of all kinds; only objects have a shape.
  const { shape } = schema._zod.def as { shape?: Record<string, z.core.$ZodType> }
  return shape ?? {}
}
