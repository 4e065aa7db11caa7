import type { JsonObject } from '@ai-ticket-creator/domain'
import { isJsonObject, sameJson } from '@ai-ticket-creator/domain/internal'
import * as fc from 'fast-check'
import type { Field } from '../../model/body-fields.ts'
import { FILE_ID, OTHER_FILE_ID } from '../../model/request-bodies.ts'

/** Random valid values of a field. */
export function valuesOf({ name, schema, nullable }: Field): fc.Arbitrary<unknown> {
  const value = name === 'attachments' ? ofFiles() : ofSchema(schema)
  return nullable ? fc.option(value, { nil: null, freq: 4 }) : value
}

// No random ids: a backend may check that files exist, and the run replaces only these two ids by its `fileIds`.
const ofFiles = (): fc.Arbitrary<unknown> =>
  fc.subarray([FILE_ID, OTHER_FILE_ID]).map((ids) => ids.map((file_id) => ({ file_id })))

function ofSchema(schema: JsonObject): fc.Arbitrary<unknown> {
  const { type, enum: values, format, minimum, maximum, items } = schema
  if (Array.isArray(values)) return fc.constantFrom<unknown>(...values)
  if (format === 'uuid') return fc.uuid()
  if (format === 'date-time') return ofTime()
  switch (type) {
    case 'boolean':
      return fc.boolean()
    case 'integer':
    case 'number':
      return fc.integer({ min: Number(minimum ?? -1000), max: Math.min(Number(maximum ?? 1000), 2_147_483_647) })
    case 'array':
      return fc.uniqueArray(isJsonObject(items) ? ofSchema(items) : fc.string(), { maxLength: 4, comparator: sameJson })
    case 'object':
      return ofObject(schema)
    default:
      return ofString(schema)
  }
}

const ofTime = (): fc.Arbitrary<string> =>
  fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true }).map((date) => date.toISOString())

function ofString({ minLength, maxLength, pattern }: JsonObject): fc.Arbitrary<string> {
  // Only URLs have a pattern. Not `fc.webPath`: building it takes more than a second.
  if (pattern !== undefined) return fc.stringMatching(/^https:\/\/x\.example\.test(\/[\w.~%+-]{0,20}){0,4}$/)

  const longest = Math.min(Number(maxLength ?? 200), 200)
  // A grapheme may have several characters, and limits count characters.
  const text = fc.string({ unit: 'grapheme', maxLength: longest }).map((value) => [...value].slice(0, longest).join(''))
  return minLength === 1 ? text.filter((value) => value.trim() !== '') : text
}

function ofObject({ properties, additionalProperties }: JsonObject): fc.Arbitrary<unknown> {
  if (isJsonObject(properties))
    return fc.record(
      Object.fromEntries(
        Object.entries(properties).map(([name, inner]) => [name, ofSchema(isJsonObject(inner) ? inner : {})]),
      ),
    )
  const isStringMap = isJsonObject(additionalProperties) && additionalProperties['type'] === 'string'
  return fc.dictionary(
    fc.string({ unit: 'grapheme', maxLength: 12 }),
    isStringMap ? fc.string({ unit: 'grapheme' }) : fc.jsonValue({ maxDepth: 2 }),
    { maxKeys: 4 },
  )
}
