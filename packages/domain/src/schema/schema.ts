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

/** A web address: starts with http:// or https://. */
export const webAddress = (): Schema<string> =>
  z.string().check(
    z.refine((value) => /^https?:\/\/\S/i.test(value.trim()), { params: { type: 'url_scheme' } }),
    z.refine((value) => fits(value.trim(), 500), { params: { type: 'string_too_long', maxLength: 500 } }),
    z.meta({ maxLength: 500, pattern: '^\\s*[hH][tT][tT][pP][sS]?://' }),
  )

/** A whole number in a range. */
export function integer({ min, max }: { min?: number; max?: number } = {}): Schema<number> {
  const checks = [...(min === undefined ? [] : [z.minimum(min)]), ...(max === undefined ? [] : [z.maximum(max)])]
  // The message names the kind: of a text zod says that it expected just a number.
  return z.int('int').check(...checks)
}

/** Optional and nullable. */
export const maybe = <T>(schema: Schema<T>): z.ZodMiniOptional<z.ZodMiniNullable<Schema<T>>> =>
  z.optional(z.nullable(schema))

/** Any JSON object. */
export const jsonObject = (): Schema<Record<string, unknown>> => z.record(z.string(), z.unknown())

/** An object of texts. */
export const textMap = (): Schema<Record<string, string>> => z.record(z.string(), z.string())

/** A UUID, hyphenated, any version. */
export const uuid = (): Schema<string> => z.guid()

/** A point in time in a request: ISO 8601, with `Z`, an offset, or none (then UTC). */
export const dateTime = (): Schema<string> => z.iso.datetime({ offset: true, local: true })

/** A point in time in a reply: ISO 8601. Not checked, since replies are read openly. */
export const timestamp = (): Schema<string> => z.string().check(z.meta({ format: 'date-time' }))

/** A word in a reply: the known ones, or one that is newer than this version (typed as `Unknown`). */
export const openWord = <Known extends string, Unknown>(known: readonly Known[]): Schema<Known | Unknown> =>
  // The brand is a type only; any string may come, and the caller narrows with a guard.
  z.string().check(z.meta({ 'x-extensible-enum': known })) as unknown as Schema<Known | Unknown>

/** The names of the fields that an object schema knows, in order. */
export function fieldsOf(schema: AnySchema): readonly string[] {
  return Object.keys(shapeOf(schema))
}

/** The schemas of the fields of an object schema; none for other kinds. */
export function shapeOf(schema: AnySchema): Readonly<Record<string, z.core.$ZodType>> {
  // The definition's type is the base of all kinds; only objects have a shape.
  const { shape } = schema._zod.def as { shape?: Record<string, z.core.$ZodType> }
  return shape ?? {}
}
