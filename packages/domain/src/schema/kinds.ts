import { isJsonObject } from './json.ts'
import type { ValueType } from './json-type.ts'

/** A kind of values. */
interface Kind {
  /** The kind in messages. */
  readonly noun: string
  /** The type of the issue for a value of another kind. */
  readonly issueType: string
  /** Whether a value is of this kind. */
  readonly has: (value: unknown) => boolean
}

const isText = (value: unknown): boolean => typeof value === 'string'

/** The kind of the values of each type. */
export const KINDS: Readonly<Record<ValueType['kind'], Kind>> = {
  unknown: { noun: 'any value', issueType: 'value_error', has: () => true },
  boolean: { noun: 'a boolean', issueType: 'bool_type', has: (value) => typeof value === 'boolean' },
  number: { noun: 'a number', issueType: 'float_type', has: Number.isFinite },
  integer: { noun: 'an integer', issueType: 'int_type', has: Number.isInteger },
  text: { noun: 'a string', issueType: 'string_type', has: isText },
  url: { noun: 'a string', issueType: 'string_type', has: isText },
  timestamp: { noun: 'a string', issueType: 'string_type', has: isText },
  uuid: { noun: 'a UUID', issueType: 'uuid_type', has: isText },
  datetime: { noun: 'a time', issueType: 'datetime_type', has: isText },
  enum: { noun: 'a string', issueType: 'enum', has: isText },
  openEnum: { noun: 'a string', issueType: 'string_type', has: isText },
  list: { noun: 'a list', issueType: 'list_type', has: Array.isArray },
  record: { noun: 'an object', issueType: 'dict_type', has: isJsonObject },
  object: { noun: 'an object', issueType: 'dict_type', has: isJsonObject },
}
