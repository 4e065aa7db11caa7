import type { JsonObject } from '@ai-ticket-creator/domain'
import { isUuid } from '@ai-ticket-creator/domain/internal'
import type { Invariant, Mismatch } from '../../model/case.ts'
import type { Reply } from '../../model/observed-reply.ts'
import { SPEC } from '../../model/spec-references.ts'
import { isUtcTime } from '../../model/times.ts'
import { each, showsIntegrations, showsTickets } from './selectors.ts'

const showsRows = (reply: Reply): boolean => showsIntegrations(reply) || showsTickets(reply)

/** Formats of times and ids. */
export const valueFormats: readonly Invariant[] = [
  {
    id: 'replies/times',
    title: 'Times are UTC in ISO 8601',
    specReference: SPEC.fields,
    appliesTo: showsRows,
    check: (reply) => each(reply, (row) => checkFormat(row, isTimeField, isUtcTime, '2025-09-06T12:00:00.000000Z')),
  },
  {
    id: 'replies/ids',
    title: 'Ids are UUIDs in lower case',
    specReference: SPEC.fields,
    appliesTo: showsRows,
    check: (reply) => each(reply, (row) => checkFormat(row, isIdField, isLowerCaseUuid, 'a UUID in lower case')),
  },
]

const isTimeField = (name: string): boolean => /_at$|_date$/.test(name)

// External ids have the format of the platform.
const isIdField = (name: string): boolean => /^id$|_id$/.test(name) && !name.startsWith('external_')

const isLowerCaseUuid = (value: string): boolean => isUuid(value) && value === value.toLowerCase()

function checkFormat(
  row: JsonObject,
  isRelevant: (name: string) => boolean,
  isValid: (value: string) => boolean,
  expected: string,
): Mismatch | undefined {
  const wrong = Object.entries(row).find(
    ([name, value]) => isRelevant(name) && typeof value === 'string' && !isValid(value),
  )
  return wrong === undefined ? undefined : { expected: `\`${wrong[0]}\`: ${expected}`, actual: 'another format' }
}
