import { endpointOf, type JsonObject, problems } from '@ai-ticket-creator/domain'
import { sameJson } from '@ai-ticket-creator/domain/internal'
import type { Expect, Fault } from './case.ts'
import type { Rows } from './case-context.ts'
import { describe, describeAnswer, describeShown, itemsOf, placeOf } from './describe.ts'
import type { Reply } from './observed-reply.ts'

/** What is wrong with a reply; undefined when it is as expected. `show`: its values are our own. */
export function mismatchOf(expect: Expect, reply: Reply, rows: Rows, show: boolean): Fault | undefined {
  return (
    wrongStatus(expect, reply) ??
    wrongCode(expect, reply) ??
    wrongHeaders(expect.headers ?? {}, reply) ??
    wrongFields(expect.body ?? {}, reply.fields, show) ??
    expect.holds?.(reply, rows)
  )
}

export const statusOf = ({ status, code }: Expect, { endpoint }: Pick<Reply, 'endpoint'>): number =>
  status ?? (code === undefined ? endpointOf(endpoint).status : problems[code].status)

function wrongStatus(expect: Expect, reply: Reply): Fault | undefined {
  const status = statusOf(expect, reply)
  if (reply.status === status) return undefined
  return { expected: sayExpected(expect, status), actual: describeAnswer(reply) }
}

function sayExpected({ code, at }: Expect, status: number): string {
  return [status, ...(code === undefined ? [] : [`\`${code}\``]), ...(at === undefined ? [] : [`at ${at}`])].join(' ')
}

function wrongCode(expect: Expect, reply: Reply): Fault | undefined {
  const { code, at, replacement, reason } = expect
  if (code === undefined) return undefined

  const told = at === undefined ? reply.fields : itemAt(at, code, reply)
  const expected = sayExpected(expect, statusOf(expect, reply))
  if (told === undefined || told['code'] !== code) return { expected, actual: describeAnswer(reply) }
  return wrongFields(
    { ...(replacement !== undefined && { replacement }), ...(reason !== undefined && { reason }) },
    told,
    true,
  )
}

const itemAt = (at: string, code: string, { json }: Reply): JsonObject | undefined =>
  itemsOf(json).find(({ loc, code: word }) => placeOf(loc) === at && word === code)

function wrongHeaders(expected: NonNullable<Expect['headers']>, { headers }: Reply): Fault | undefined {
  for (const [name, value] of Object.entries(expected)) {
    const got = headers.get(name) ?? undefined
    const fits = value instanceof RegExp ? got !== undefined && value.test(got) : got === value
    if (!fits)
      return {
        expected: `\`${name}\`: ${value instanceof RegExp ? value.source : describe(value)}`,
        actual: describe(got),
      }
  }
  return undefined
}

/** The first field that is not as expected. */
function wrongFields(expected: JsonObject, fields: JsonObject, show: boolean): Fault | undefined {
  for (const [name, value] of Object.entries(expected)) {
    const got = Object.hasOwn(fields, name) ? fields[name] : undefined
    if (!sameJson(value, got))
      return { expected: `\`${name}\`: ${describe(value, show)}`, actual: describeShown(got, show) }
  }
  return undefined
}
