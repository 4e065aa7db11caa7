import type { Issue } from '../errors/issue.ts'
import { issueAt } from '../errors/issue.ts'
import { InvalidRequestError } from '../errors/request-errors.ts'
import { isHeaderName, isHeaderValue } from './header-syntax.ts'
import type { RequestOptions } from './options.ts'
import { isMs, MUST_BE_MS } from './timeout.ts'

// `scanLimit` is an option of lists. Other methods remove their own options before this check.
const KNOWN_OPTIONS = [
  'signal',
  'timeout',
  'maxRetries',
  'idempotencyKey',
  'allowUnverified',
  'headers',
  'context',
  'scanLimit',
]

type AnyOptions = RequestOptions & { readonly scanLimit?: number | undefined }

/**
 * Checks the options of a call.
 *
 * @throws InvalidRequestError that names the option, never its value.
 */
export function checkRequestOptions(options: AnyOptions): void {
  // JavaScript callers may pass null.
  if (!isObject(options))
    throw new InvalidRequestError([
      issueAt(['options'], 'the options must be an object; leave them out for the defaults'),
    ])
  if (Object.keys(options).length === 0 && Object.getPrototypeOf(options) === Object.prototype) return

  const issues = [...unknownOptions(options), ...wrongValues(options), ...wrongHeaders(options)]
  if (issues.length > 0) throw new InvalidRequestError(issues)
}

/** The options without those of the method itself. Returns a value that is not an object unchanged; the check refuses it. */
export function withoutOwnOptions<T extends RequestOptions>(options: T, own: readonly (keyof T)[]): RequestOptions {
  if (!isObject(options)) return options
  return Object.fromEntries(Object.entries(options).filter(([name]) => !own.some((field) => field === name)))
}

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null

const unknownOptions = (options: AnyOptions): readonly Issue[] =>
  Object.entries(options).flatMap(([name, value]) =>
    value === undefined || KNOWN_OPTIONS.includes(name) ? [] : [optionIssue([name], `\`${name}\` is not an option`)],
  )

function wrongValues({
  timeout,
  maxRetries = 0,
  idempotencyKey,
  allowUnverified = false,
  context = {},
  scanLimit = 1,
}: AnyOptions): Issue[] {
  return [
    ...(isMs(timeout) ? [] : [optionIssue(['timeout'], `\`timeout\` ${MUST_BE_MS}`)]),
    ...(isCount(maxRetries) ? [] : [optionIssue(['maxRetries'], `\`maxRetries\` ${MUST_BE_COUNT}`)]),
    ...(scanLimit > 0 ? [] : [optionIssue(['scanLimit'], '`scanLimit` must be a number of rows above 0')]),
    ...(typeof allowUnverified === 'boolean'
      ? []
      : [optionIssue(['allowUnverified'], '`allowUnverified` must be true or false')]),
    ...(isObject(context) && !Array.isArray(context) ? [] : [optionIssue(['context'], '`context` must be an object')]),
    ...(idempotencyKey === undefined || isHeaderValue(idempotencyKey)
      ? []
      : [optionIssue(['idempotencyKey'], '`idempotencyKey` must be a string that is valid in a header')]),
  ]
}

/** Whether a value is a whole number, 0 or more. */
export const isCount = (value: unknown): value is number => Number.isInteger(value) && Number(value) >= 0
export const MUST_BE_COUNT = 'must be a whole number, 0 or more'

/** The issues of headers that a caller gave. */
export function wrongHeaders({ headers = {} }: Pick<AnyOptions, 'headers'>): Issue[] {
  if (!isObject(headers))
    return [optionIssue(['headers'], '`headers` must be a plain object from header names to strings')]
  // `Object.entries` does not return the headers of a Headers object or a list of pairs: they would be lost silently.
  if (Symbol.iterator in headers)
    return [optionIssue(['headers'], '`headers` must be a plain object from header names to strings')]

  return Object.entries(headers).flatMap(([name, value]) => {
    if (!isHeaderName(name)) return [optionIssue(['headers'], '`headers` contains an invalid header name')]
    if (isHeaderValue(value)) return []
    return [optionIssue(['headers', name], `the header \`${name}\` must be a string that is valid in a header`)]
  })
}

const optionIssue = (path: string[], msg: string): Issue => issueAt(['options', ...path], msg)
