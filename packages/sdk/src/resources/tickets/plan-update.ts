import { type JsonObject, ReplaceTicket, UpdateTicket } from '@ai-ticket-creator/domain'
import { changesAccepting, fieldsOf, isJsonObject } from '@ai-ticket-creator/domain/internal'
import { differing, isEmpty, pick } from '../../core/fields.ts'
import { isInvalidRequestError } from '../../errors/guards.ts'
import { InvalidRequestError } from '../../errors/request-errors.ts'
import { type KnownFacts, type ParsedInput, parseInput } from '../parse-input.ts'

/** The characters beyond which PATCH refuses what PUT takes. */
const PATCH_AT_MOST: ReadonlyMap<string, number> = new Map([
  ['title', 200],
  ['description', 10_000],
])

const putFields = fieldsOf(ReplaceTicket)
const patchFields = fieldsOf(UpdateTicket)
const isPutOnly = (field: string): boolean => putFields.includes(field) && !patchFields.includes(field)

/** Whether PUT has no word for a field. */
export const isPatchOnly = (field: string): boolean => patchFields.includes(field) && !putFields.includes(field)

/** Whether a change says something that PATCH can not: it drops `null`, and lacks some fields and lengths. */
export const needsPut = (changes: JsonObject): boolean =>
  Object.entries(changes).some(
    ([field, value]) =>
      isPutOnly(field) || (value === null && putFields.includes(field)) || isTooLongForPatch(field, value),
  )

function isTooLongForPatch(field: string, value: unknown): boolean {
  const most = PATCH_AT_MOST.get(field)
  return most !== undefined && typeof value === 'string' && [...value].length > most
}

/**
 * What of a change is not stored yet. A status goes with the summary that was given for it, stored or not: a ticket is resolved
 * or closed with a summary in the same body (CONTRACT §3.3).
 */
export function changedFields(changes: JsonObject, stored: JsonObject): JsonObject {
  const fresh = differing(changes, stored)
  const takesAlong = Object.hasOwn(fresh, 'status') && typeof changes['resolution_summary'] === 'string'
  return pick(changes, (field) => Object.hasOwn(fresh, field) || (takesAlong && field === 'resolution_summary'))
}

/**
 * Reads a change of a ticket in old or new words: what PATCH knows, and what PUT alone does.
 *
 * @throws InvalidRequestError
 */
export function readChanges(input: unknown, known: KnownFacts): ParsedInput {
  const forPut = isJsonObject(input) ? pick(input, isReadByPut) : {}
  if (!isJsonObject(input) || isEmpty(forPut)) return parseInput('tickets.update', input, known)

  const { body, name } = parseInput('tickets.replace', forPut, known)
  const rest = readBesides(
    pick(input, (field) => !isReadByPut(field)),
    known,
  )
  return { body: { ...rest, ...body }, name }
}

const isReadByPut = (field: string): boolean =>
  isPutOnly(field) || retiredIn('tickets.replace').some(([old, use]) => old === field && isPutOnly(use))

function readBesides(input: JsonObject, known: KnownFacts): JsonObject {
  try {
    return isEmpty(input) ? {} : parseInput('tickets.update', input, known).body
  } catch (error) {
    if (!isInvalidRequestError(error)) throw error
    // That this part says nothing by itself is no fault.
    const issues = error.issues.filter(({ loc }) => loc.length > 1)
    if (issues.length > 0) throw new InvalidRequestError(issues)
    return {}
  }
}

/**
 * A ticket that is sent back, without what it says of its integration by a word that early ages show on every ticket, always
 * null (CONTRACT §3.6), when it says something else by another.
 */
export function dropNullRouting(input: unknown): unknown {
  if (!isJsonObject(input) || input['integration_routing'] !== null) return input
  const words = retiredIn('tickets.replace').filter(([, use]) => use === 'integration_id')
  const isNamed = words.flat().some((word) => typeof input[word] === 'string')
  return isNamed ? pick(input, (field) => field !== 'integration_routing') : input
}

/** Whether a field is there in both its spellings: if they disagree, only the stored one tells which was meant. */
export const hasBothSpellings = (input: unknown): boolean =>
  isJsonObject(input) &&
  (['tickets.create', 'tickets.replace'] as const)
    .flatMap(retiredIn)
    .some(([old, use]) => input[old] !== undefined && input[use] !== undefined)

const retiredIn = (endpointId: 'tickets.create' | 'tickets.replace'): (readonly [old: string, use: string])[] =>
  changesAccepting(endpointId, 'body').flatMap(({ retired }) =>
    Object.entries(retired).map(([old, { replacement }]) => [old, replacement] as const),
  )
