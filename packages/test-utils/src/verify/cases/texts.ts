import type { EndpointId, JsonObject } from '@ai-ticket-creator/domain'
import { sameJson } from '@ai-ticket-creator/domain/internal'
import { bodyFields, type Field } from '../model/body-fields.ts'
import type { ContractCase, Mismatch } from '../model/case.ts'
import { describe } from '../model/describe.ts'
import { SPEC } from '../model/spec-references.ts'
import { minimalBody, preconditionsOf, retrieveRequest, routeOf } from './sample-requests.ts'

const ENDPOINTS = [
  'integrations.create',
  'integrations.update',
  'tickets.create',
  'tickets.replace',
  'tickets.update',
] as const

/** Texts are stored as they were sent: their length, lines, markup, quotes and characters. */
export const texts: readonly ContractCase[] = ENDPOINTS.map((endpoint) => ({
  id: `${endpoint}/texts`,
  title: `Texts of ${routeOf(endpoint)} are stored as they were sent`,
  endpoint,
  specReference: SPEC.fields,
  preconditions: preconditionsOf(endpoint),
  request: ({ tag }) => ({ endpoint, body: { ...minimalBody(endpoint, tag), ...textsFor(endpoint) } }),
  expect: { check: ({ fields }) => checkTexts(endpoint, fields) },
  next: [
    {
      request: ({ replies: [first] }) => retrieveRequest(endpoint, String(first?.fields['id'])),
      expect: { check: ({ fields }) => checkTexts(endpoint, fields) },
    },
  ],
}))

// Quotes and escapes, markup, an emoji, a letter with a combining accent, other scripts, lines, tabs and double spaces.
const SAMPLE = `It's "50% off_" \\ <b>bold</b> &amp; <!-- x --> 😀 e\u0301 \u202eאב\u202c 日本\n\n\tline two;  DROP TABLE x; -- \${a} {{b}} `

const LONG = `${SAMPLE.repeat(30)}end`

// Texts inside of a JSON value are not trimmed.
const CUSTOM_FIELDS = { ' key ': ' value ', nested: { text: LONG, list: [' a ', ''] } }

/** A long text for every field that has no limit, list of choices or format; for a ticket also `custom_fields`. */
function textsFor(endpoint: EndpointId): JsonObject {
  const names = bodyFields()
    .filter((field) => field.endpoint === endpoint && isFreeText(field))
    .map(({ name }) => name)
  return {
    ...Object.fromEntries(names.map((name) => [name, LONG])),
    ...(endpoint.startsWith('tickets.') && { custom_fields: CUSTOM_FIELDS }),
  }
}

const isFreeText = ({ schema }: Field): boolean =>
  [schema['type']].flat().includes('string') &&
  !['maxLength', 'pattern', 'enum', 'format'].some((name) => name in schema)

function checkTexts(endpoint: EndpointId, fields: JsonObject): Mismatch | undefined {
  const sent = textsFor(endpoint)
  const wrong = Object.keys(sent).find((name) => !sameJson(fields[name], sent[name]))
  return wrong === undefined
    ? undefined
    : { expected: `\`${wrong}\`: ${describe(sent[wrong])}, as it was sent`, actual: describe(fields[wrong], false) }
}
