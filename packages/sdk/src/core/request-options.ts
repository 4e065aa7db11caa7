// setTimeout fires at once beyond 2^31 - 1.

import type { Issue } from '../errors/issue.ts'
import { InvalidRequestError } from '../errors/request-errors.ts'
import { isHeaderValue, type RequestOptions } from './options.ts'

export const isMs = (value: unknown): boolean =>
  value === undefined || (typeof value === 'number' && value > 0 && value <= 2147483647)
// `scanLimit` is that of lists. What a method takes besides, it has taken out before.
const knownOfCall = ['signal', 'timeout', 'idempotencyKey', 'allowUnverified', 'headers', 'scanLimit']
/** @throws InvalidRequestError that names the option, never its value. */

export function checkRequestOptions(options: RequestOptions & { readonly scanLimit?: number | undefined }): void {
  if (Object.keys(options).length === 0 && Object.getPrototypeOf(options) === Object.prototype) return

  const { timeout, idempotencyKey, allowUnverified = false, headers = {}, scanLimit = 1 } = options
  const wrong = Object.entries(headers).filter(([name, value]) => !isHeaderName(name) || !isHeaderValue(value))
  const issues = [
    ...Object.entries(options).flatMap(([name, value]) =>
      value === undefined || knownOfCall.includes(name) ? [] : [optionIssue([name], `\`${name}\` is not an option`)],
    ),
    ...(isMs(timeout) ? [] : [optionIssue(['timeout'], '`timeout` must be a number of milliseconds above 0')]),
    ...(scanLimit > 0 ? [] : [optionIssue(['scanLimit'], '`scanLimit` must be a number of rows above 0')]),
    ...(typeof allowUnverified === 'boolean'
      ? []
      : [optionIssue(['allowUnverified'], '`allowUnverified` must be true or false')]),
    // One of these has no entries of its own: its headers would be lost without a word.
    ...(Symbol.iterator in headers ? [optionIssue(['headers'], '`headers` must be an object of names and texts')] : []),
    ...(idempotencyKey === undefined || isHeaderValue(idempotencyKey)
      ? []
      : [optionIssue(['idempotencyKey'], '`idempotencyKey` must be a text that can stand in a header')]),
    ...wrong.map(([name]) =>
      isHeaderName(name)
        ? optionIssue(['headers', name], `the header \`${name}\` must be a text that can stand in a header`)
        : optionIssue(['headers'], '`headers` has a name that can not be that of a header'),
    ),
  ]
  if (issues.length > 0) throw new InvalidRequestError(issues)
}
const isHeaderName = (name: string): boolean => /^[!#$%&'*+\-.^_`|~\w]+$/.test(name)
const optionIssue = (path: string[], msg: string): Issue => ({
  type: 'value_error',
  loc: ['options', ...path],
  msg,
  code: 'validation_failed',
})
