import { endpointOf, type JsonObject, problems } from '@ai-ticket-creator/domain'
import { sameJson } from '@ai-ticket-creator/domain/internal'
import type { Expect, Mismatch } from './case.ts'
import type { CaseContext } from './case-context.ts'
import { describe, describeAnswer, describeObserved, issuesOf, locationOf } from './describe.ts'
import type { Reply } from './observed-reply.ts'
import { normalizeTime } from './times.ts'

/** The first mismatch between a reply and its expectation. `show`: whether values may be shown, because they are test data. */
export function mismatchOf(expect: Expect, reply: Reply, context: CaseContext, show: boolean): Mismatch | undefined {
  return (
    statusMismatch(expect, reply) ??
    codeMismatch(expect, reply) ??
    headerMismatch(expect.headers ?? {}, reply) ??
    fieldMismatch(expect.body ?? {}, reply.fields, show) ??
    expect.check?.(reply, context)
  )
}

export const expectedStatus = ({ status, code }: Expect, { endpoint }: Pick<Reply, 'endpoint'>): number =>
  status ?? (code === undefined ? endpointOf(endpoint).status : problems[code].status)

function statusMismatch(expect: Expect, reply: Reply): Mismatch | undefined {
  const status = expectedStatus(expect, reply)
  if (reply.status === status) return undefined
  return { expected: describeExpected(expect, status), actual: describeAnswer(reply) }
}

function describeExpected({ code, at }: Expect, status: number): string {
  return [status, ...(code === undefined ? [] : [`\`${code}\``]), ...(at === undefined ? [] : [`at ${at}`])].join(' ')
}

function codeMismatch(expect: Expect, reply: Reply): Mismatch | undefined {
  const { code, at, replacement, reason } = expect
  if (code === undefined) return undefined

  const found = at === undefined ? reply.fields : issueAt(at, code, reply)
  const expected = describeExpected(expect, expectedStatus(expect, reply))
  if (found === undefined || found['code'] !== code) return { expected, actual: describeAnswer(reply) }
  return fieldMismatch(
    { ...(replacement !== undefined && { replacement }), ...(reason !== undefined && { reason }) },
    found,
    true,
  )
}

const issueAt = (at: string, code: string, { json }: Reply): JsonObject | undefined =>
  issuesOf(json).find((issue) => locationOf(issue['loc']) === at && issue['code'] === code)

function headerMismatch(expected: NonNullable<Expect['headers']>, { headers }: Reply): Mismatch | undefined {
  for (const [name, value] of Object.entries(expected)) {
    const actual = headers.get(name) ?? undefined
    const matches = value instanceof RegExp ? actual !== undefined && value.test(actual) : actual === value
    if (!matches)
      return {
        expected: `\`${name}\`: ${value instanceof RegExp ? value.source : describe(value)}`,
        actual: describe(actual),
      }
  }
  return undefined
}

function fieldMismatch(expected: JsonObject, fields: JsonObject, show: boolean): Mismatch | undefined {
  for (const [name, value] of Object.entries(expected)) {
    const actual = Object.hasOwn(fields, name) ? fields[name] : undefined
    if (!sameJson(normalizeTime(value), normalizeTime(actual)))
      return { expected: `\`${name}\`: ${describe(value, show)}`, actual: describeObserved(actual, show) }
  }
  return undefined
}
