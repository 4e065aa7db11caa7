import { isRawJson } from '@ai-ticket-creator/domain/internal'
import type { Issue } from '../errors/issue.ts'
import { issueAt } from '../errors/issue.ts'
import { InvalidRequestError } from '../errors/request-errors.ts'
import { copyExactNumbers } from './exact-numbers.ts'

// Deeper input could overflow the stack.
const MAX_DEPTH = 500

/**
 * Converts input to the JSON value that will be sent, so that it can be compared with the reply: a Date becomes its text. An
 * object in which nothing changes is returned itself.
 *
 * @throws InvalidRequestError for what JSON cannot express.
 */
export function toJsonValue(input: unknown): unknown {
  const issues: Issue[] = []
  const value = convert(input, [], [], issues)
  if (issues.length > 0) throw new InvalidRequestError(issues)
  return value
}

function convert(input: unknown, path: readonly string[], parents: readonly object[], issues: Issue[]): unknown {
  const value = unwrapped(input, path.at(-1) ?? '')
  const problem = problemOf(value, parents)
  if (problem !== undefined) {
    issues.push(issueAt(['body', ...path], `${nameOf(path)} cannot be sent as JSON: ${problem}`))
    return undefined
  }
  if (typeof value !== 'object' || value === null || isRawJson(value)) return value

  const entries = Object.entries(value)
  const isList = Array.isArray(value)
  const inner = [...parents, value]
  const converted = (isList ? [...value.entries()] : entries).map(([key, item]): [string, unknown] => [
    String(key),
    isPlain(item) || (item === undefined && !isList) ? item : convert(item, [...path, String(key)], inner, issues),
  ])
  const isUnchanged = converted.every(([key, item]) => item === Reflect.get(value, key))
  if (isUnchanged) return value
  const copy = isList ? converted.map(([, item]) => item) : Object.fromEntries(converted)
  copyExactNumbers(value, copy)
  return copy
}

const isPlain = (value: unknown): boolean => value === null || typeof value === 'string' || typeof value === 'boolean'

const BOXED = ['[object Number]', '[object String]', '[object Boolean]']

/** `toJSON` functions whose results are for other programs. When such an object is sent, its own fields are used instead. */
export const outputOnly = new WeakSet<object>()

/** The value that JSON writes in place of an object with `toJSON` or of a boxed primitive. */
function unwrapped(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null) return value
  if ('toJSON' in value && typeof value.toJSON === 'function' && !isInvalidDate(value))
    return outputOnly.has(value.toJSON) ? { ...value } : value.toJSON(key)
  const kind = Object.prototype.toString.call(value)
  return BOXED.includes(kind) ? value.valueOf() : value
}

/** Why JSON cannot express a value; undefined when it can. */
function problemOf(value: unknown, parents: readonly object[]): string | undefined {
  if (typeof value === 'number' && !Number.isFinite(value)) return 'it is not a finite number'
  if (typeof value === 'bigint') return 'it is a bigint; use `exactNumber`'
  if (['function', 'symbol'].includes(typeof value)) return `it is a ${typeof value}`
  if (value === undefined) return parents.length > 0 ? 'it is undefined' : undefined
  if (typeof value !== 'object' || value === null) return undefined
  if (isInvalidDate(value)) return 'it is an invalid date'
  if (parents.includes(value)) return 'it contains itself'
  if (parents.length > MAX_DEPTH) return 'it is nested too deep'
  const kind = Object.prototype.toString.call(value).slice(8, -1)
  return EMPTY_IN_JSON.includes(kind) || ArrayBuffer.isView(value) ? `it is a ${kind}` : undefined
}

// JSON writes these as an object without their content.
const EMPTY_IN_JSON: readonly string[] = [
  'Map',
  'Set',
  'WeakMap',
  'WeakSet',
  'RegExp',
  'Promise',
  'ArrayBuffer',
  'Error',
]

const isInvalidDate = (value: object): boolean => value instanceof Date && Number.isNaN(value.getTime())

const nameOf = (path: readonly string[]): string => (path.length === 0 ? 'the body' : `\`${path.join('.')}\``)
