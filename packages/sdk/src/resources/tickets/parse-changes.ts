import type { JsonObject } from '@ai-ticket-creator/domain'
import { isJsonObject } from '@ai-ticket-creator/domain/internal'
import type { CallContext } from '../../core/call-context.ts'
import { isEmpty, pick } from '../../core/fields.ts'
import type { KnownFacts, ParsedInput } from '../../core/parsed-input.ts'
import { isInvalidRequestError } from '../../errors/guards.ts'
import { InvalidRequestError } from '../../errors/request-errors.ts'
import { parseInput } from '../parse-input.ts'
import { isPutOnly } from './plan-update.ts'

/**
 * Parses a change of a ticket: fields of PATCH, and those that only PUT has.
 *
 * @throws InvalidRequestError
 */
export function parseChanges(call: CallContext, input: unknown, known: KnownFacts): ParsedInput {
  const isForPut = (field: string): boolean => isPutOnly(call.dialect.currentNameOf('tickets.replace', field))
  const forPut = isJsonObject(input) ? pick(input, isForPut) : {}
  if (!isJsonObject(input) || isEmpty(forPut)) return parseInput(call, 'tickets.update', input, known)

  const { body, name } = parseInput(call, 'tickets.replace', forPut, known)
  const others = parseOthers(
    call,
    pick(input, (field) => !isForPut(field)),
    known,
  )
  return { body: { ...others, ...body }, name }
}

function parseOthers(call: CallContext, input: JsonObject, known: KnownFacts): JsonObject {
  try {
    return isEmpty(input) ? {} : parseInput(call, 'tickets.update', input, known).body
  } catch (error) {
    if (!isInvalidRequestError(error)) throw error
    // An issue of the whole body means that this part has no changes, which is fine: the other part has them.
    const issues = error.issues.filter(({ loc }) => loc.length > 1)
    if (issues.length > 0) throw new InvalidRequestError(issues)
    return {}
  }
}
