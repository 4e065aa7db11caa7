import type { JsonObject } from '@ai-ticket-creator/domain'
import { changesAccepting, isJsonObject } from '@ai-ticket-creator/domain/internal'
import { isEmpty, pick } from '../../core/fields.ts'
import { isInvalidRequestError } from '../../errors/guards.ts'
import { InvalidRequestError } from '../../errors/request-errors.ts'
import { type KnownFacts, type ParsedInput, parseInput } from '../parse-input.ts'
import { isPutOnly } from './plan-update.ts'

/**
 * Parses a change of a ticket with old or new names: fields of PATCH, and those that only PUT has.
 *
 * @throws InvalidRequestError
 */
export function parseChanges(input: unknown, known: KnownFacts): ParsedInput {
  const forPut = isJsonObject(input) ? pick(input, isParsedForPut) : {}
  if (!isJsonObject(input) || isEmpty(forPut)) return parseInput('tickets.update', input, known)

  const { body, name } = parseInput('tickets.replace', forPut, known)
  const others = parseOthers(
    pick(input, (field) => !isParsedForPut(field)),
    known,
  )
  return { body: { ...others, ...body }, name }
}

const isParsedForPut = (field: string): boolean =>
  isPutOnly(field) ||
  oldNamesIn('tickets.replace').some(([old, replacement]) => old === field && isPutOnly(replacement))

function parseOthers(input: JsonObject, known: KnownFacts): JsonObject {
  try {
    return isEmpty(input) ? {} : parseInput('tickets.update', input, known).body
  } catch (error) {
    if (!isInvalidRequestError(error)) throw error
    // An issue with the whole body means that this part changes nothing, which is no fault: the other part does.
    const issues = error.issues.filter(({ loc }) => loc.length > 1)
    if (issues.length > 0) throw new InvalidRequestError(issues)
    return {}
  }
}

/**
 * Removes `integration_routing: null` when another field names the integration. Early backends show it on every ticket, always
 * null, so a ticket that is sent back has it (existing backend: ticket replies).
 */
export function dropNullRouting(input: unknown): unknown {
  if (!isJsonObject(input) || input['integration_routing'] !== null) return input
  const names = oldNamesIn('tickets.replace').filter(([, replacement]) => replacement === 'integration_id')
  const hasIntegration = names.flat().some((name) => typeof input[name] === 'string')
  return hasIntegration ? pick(input, (field) => field !== 'integration_routing') : input
}

/** Whether the input has a field under its old and its new name. If they disagree, the stored ticket decides. */
export const hasBothSpellings = (input: unknown): boolean =>
  isJsonObject(input) &&
  (['tickets.create', 'tickets.replace'] as const)
    .flatMap(oldNamesIn)
    .some(([old, replacement]) => input[old] !== undefined && input[replacement] !== undefined)

const oldNamesIn = (
  endpointId: 'tickets.create' | 'tickets.replace',
): (readonly [old: string, replacement: string])[] =>
  changesAccepting(endpointId, 'body').flatMap(({ retired }) =>
    Object.entries(retired).map(([old, { replacement }]) => [old, replacement] as const),
  )
