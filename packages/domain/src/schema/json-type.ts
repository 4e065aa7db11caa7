import { datetimeLimits, integerLimits, type Limit, listLimits, textLimits, urlLimits, uuidLimits } from './limits.ts'

/**
 * The type of a JSON value, as data. The types of requests and replies are compiled from the schemas of zod, so that a client
 * can check values without zod.
 */
export type JsonType = ValueType | OptionalType | NullableType

/** A type that is neither `optional` nor `nullable`. */
export type ValueType = LeafType | RangeType | EnumType | ListType | RecordType | ObjectType

/** A type without inner types. */
export interface LeafType {
  readonly kind: 'unknown' | 'boolean' | 'number' | 'url' | 'uuid' | 'datetime' | 'timestamp'
  readonly limits: readonly Limit<never>[]
}

/** A text whose length is between `min` and `max`, or an integer in that range. */
export interface RangeType {
  readonly kind: 'text' | 'integer'
  readonly limits: readonly Limit<never>[]
  readonly min: number
  readonly max: number
}

/** `openEnum` accepts other strings too: values that are newer than this version. */
export interface EnumType {
  readonly kind: 'enum' | 'openEnum'
  readonly values: readonly string[]
}

/** A list with at least `min` items. */
export interface ListType {
  readonly kind: 'list'
  readonly item: JsonType
  readonly limits: readonly Limit<never>[]
  readonly min: number
}

/** An object with any keys. */
export interface RecordType {
  readonly kind: 'record'
  readonly item: JsonType
}

/** An object with known fields. */
export interface ObjectType {
  readonly kind: 'object'
  readonly fields: Readonly<Record<string, JsonType>>
}

/** A field that may be absent. */
export interface OptionalType {
  readonly kind: 'optional'
  readonly inner: JsonType
}

/** A value that may be null. */
export interface NullableType {
  readonly kind: 'nullable'
  readonly inner: JsonType
}

const leaf = (kind: LeafType['kind'], limits: readonly Limit<never>[] = []): LeafType => ({ kind, limits })

export const unknown: JsonType = leaf('unknown')
export const boolean: JsonType = leaf('boolean')
/** A finite number. */
export const number: JsonType = leaf('number')
export const uuid: JsonType = leaf('uuid', uuidLimits)
/** A time in a request, in ISO 8601. */
export const datetime: JsonType = leaf('datetime', datetimeLimits)
/** A time in a reply. Any string is accepted, because a newer backend may send times in another format. */
export const timestamp: JsonType = leaf('timestamp')
/** An absolute URL with http:// or https://. */
export const url: JsonType = leaf('url', urlLimits)

export const text = (min = 0, max = Number.POSITIVE_INFINITY): JsonType => ({
  kind: 'text',
  limits: textLimits(min, max),
  min,
  max,
})
export const integer = (min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY): JsonType => ({
  kind: 'integer',
  limits: integerLimits(min, max),
  min,
  max,
})
export const oneOf = (values: readonly string[]): JsonType => ({ kind: 'enum', values })
export const openEnum = (values: readonly string[]): JsonType => ({ kind: 'openEnum', values })
export const list = (item: JsonType, min = 0): JsonType => ({ kind: 'list', item, limits: listLimits(min), min })
export const record = (item: JsonType): JsonType => ({ kind: 'record', item })
export const object = (fields: ObjectType['fields']): ObjectType => ({ kind: 'object', fields })
export const optional = (inner: JsonType): JsonType => ({ kind: 'optional', inner })
export const nullable = (inner: JsonType): JsonType => ({ kind: 'nullable', inner })
export const nullish = (inner: JsonType): JsonType => optional(nullable(inner))

/** The type without `optional` and `nullable`. */
export const unwrapped = (type: JsonType): ValueType => ('inner' in type ? unwrapped(type.inner) : type)

/** Whether a value of the type may be null. */
export const acceptsNull = (type: JsonType): boolean =>
  type.kind === 'nullable' || (type.kind === 'optional' && acceptsNull(type.inner))
