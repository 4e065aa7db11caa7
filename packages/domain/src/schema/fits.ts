import { isUuid } from '../text/uuid.ts'
import { isJsonObject } from './json.ts'

// The checks of the compiled readers that are longer than `typeof`. Each accepts what the limits and kinds of types accept.

/** 1 if a field is there, for the number of fields that an object must have. */
export const given = (value: unknown): number => (value === undefined ? 0 : 1)

export const isUuidText = (value: unknown): boolean => typeof value === 'string' && isUuid(value)

export const isOneOf = (values: readonly unknown[], value: unknown): boolean => values.includes(value)

export const isListOf = (value: unknown, fits: (item: unknown) => boolean): boolean =>
  Array.isArray(value) && value.every(fits)

export const isRecordOf = (value: unknown, fits: (item: unknown) => boolean): boolean =>
  isJsonObject(value) && Object.values(value).every(fits)
