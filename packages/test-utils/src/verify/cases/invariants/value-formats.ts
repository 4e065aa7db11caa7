import type { JsonObject } from '@ai-ticket-creator/domain'
import type { Invariant, Mismatch } from '../../model/case.ts'
import type { Reply } from '../../model/observed-reply.ts'
import { SPEC } from '../../model/spec-references.ts'
import { each, showsIntegrations, showsTickets } from './selectors.ts'

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/
const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

const showsRows = (reply: Reply): boolean => showsIntegrations(reply) || showsTickets(reply)

/** Formats of times and ids. */
export const valueFormats: readonly Invariant[] = [
  {
    id: 'replies/times',
    title: 'Times are UTC in ISO 8601 with microseconds',
    specReference: SPEC.fields,
    appliesTo: showsRows,
    check: (reply) => each(reply, (row) => checkFormat(row, isTimeField, TIME, '2025-09-06T12:00:00.000000Z')),
  },
  {
    id: 'replies/ids',
    title: 'Ids are UUIDs in lower case',
    specReference: SPEC.fields,
    appliesTo: showsRows,
    check: (reply) => each(reply, (row) => checkFormat(row, isIdField, ID, 'a UUID')),
  },
]

const isTimeField = (name: string): boolean => /_at$|_date$/.test(name)

// External ids have the format of the platform.
const isIdField = (name: string): boolean => /^id$|_id$/.test(name) && !name.startsWith('external_')

function checkFormat(
  row: JsonObject,
  isRelevant: (name: string) => boolean,
  format: RegExp,
  expected: string,
): Mismatch | undefined {
  const wrong = Object.entries(row).find(
    ([name, value]) => isRelevant(name) && typeof value === 'string' && !format.test(value),
  )
  return wrong === undefined ? undefined : { expected: `\`${wrong[0]}\`: ${expected}`, actual: 'another format' }
}
