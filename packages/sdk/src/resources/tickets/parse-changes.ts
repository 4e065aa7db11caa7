import type { JsonObject } from '@ai-ticket-creator/domain'
import { changesAccepting, isJsonObject } from '@ai-ticket-creator/domain/internal'
import { isEmpty, pick } from '../../core/fields.ts'
import { isNotGiven } from '../../legacy/not-given.ts'
import { isInvalidRequestError } from '../../errors/guards.ts'
import { type Issue, issueAt } from '../../errors/issue.ts'
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
 * Removes null under an old name of `integration_id`: it is "not given" (existing backend: ticket replies).
 *
 * @throws InvalidRequestError when nothing else is given.
 */
export function dropNullNames(input: unknown): unknown {
  if (!isJsonObject(input)) return input
  const nullNames = oldNamesIn('tickets.replace')
    .filter(([old, replacement]) => input[old] === null && isNotGiven(replacement, null))
    .map(([old]) => old)
  if (nullNames.length === 0) return input

  const others = pick(input, (field) => !nullNames.includes(field))
  if (isEmpty(others)) throw new InvalidRequestError(nullNames.map(notClearing))
  return others
}

const notClearing = (field: string): Issue =>
  issueAt(
    ['body', field],
    `null in \`${field}\` changes nothing; to clear the integration, send \`integration_id: null\``,
  )

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
