import type { JsonObject } from '@ai-ticket-creator/domain'
import { changesAccepting, isJsonObject } from '@ai-ticket-creator/domain/internal'
import { bodyFields, type Field } from '../model/body-fields.ts'
import type { ContractCase, Mismatch } from '../model/case.ts'
import type { CaseRequest } from '../model/case-request.ts'
import { issuesOf } from '../model/describe.ts'
import type { Reply } from '../model/observed-reply.ts'
import { SPEC } from '../model/spec-references.ts'
import { minimalBody, preconditionsOf, routeOf } from './sample-requests.ts'

const allFields = bodyFields()
const limited = allFields.filter(({ schema }) => ['maxLength', 'minimum', 'maximum'].some((name) => name in schema))

/** Limits and types of fields. */
export const limits: readonly ContractCase[] = [
  ...limited.map(
    (field): ContractCase => ({
      id: `${field.endpoint}/limit-${field.name}`,
      title: `\`${field.name}\` of ${routeOf(field.endpoint)} accepts values at its limits and refuses values beyond them`,
      endpoint: field.endpoint,
      specReference: SPEC.fields,
      preconditions: preconditionsOf(field.endpoint),
      request: ({ tag }) => valuesAtLimits(field, tag).map((value) => requestWith(field, tag, value)),
      expect: {
        check: ({ fields }, { tag }) => checkValueReturned(field, valuesAtLimits(field, tag), fields),
      },
      next: [
        {
          request: ({ tag }) => valuesBeyondLimits(field, tag).map((value) => requestWith(field, tag, value)),
          expect: { code: 'validation_failed', at: `body.${field.name}` },
        },
      ],
    }),
  ),
  ...[...new Set(allFields.map(({ endpoint }) => endpoint))].map(
    (endpoint): ContractCase => ({
      id: `${endpoint}/wrong-types`,
      title: `${routeOf(endpoint)} refuses a value of the wrong type in every field`,
      endpoint,
      specReference: SPEC.fields,
      preconditions: preconditionsOf(endpoint),
      request: ({ tag }, generation) =>
        allFields
          .filter((field) => field.endpoint === endpoint && (generation !== 'legacy' || !isNew(field)))
          .map((field) => requestWith(field, tag, valueOfWrongType(field))),
      expect: { status: 422, check: checkLastFieldRefused },
    }),
  ),
  ...(['integrations.create', 'tickets.create', 'tickets.update'] as const).map(
    (endpoint): ContractCase => ({
      id: `${endpoint}/blank`,
      title: `${routeOf(endpoint)} refuses blank strings where a value is required`,
      endpoint,
      specReference: SPEC.fields,
      preconditions: preconditionsOf(endpoint),
      request: ({ tag }) =>
        allFields
          .filter((field) => field.endpoint === endpoint && field.schema['minLength'] === 1)
          .flatMap((field) => ['', '  \n'].map((value) => requestWith(field, tag, value))),
      expect: { status: 422, check: checkLastFieldRefused },
    }),
  ),
  {
    id: 'integrations.create/addresses',
    title: '`base_url` must begin with http:// or https://, in upper or lower case',
    endpoint: 'integrations.create',
    specReference: SPEC.fields,
    request: ({ tag }) =>
      ['HTTPS://x.example.test', 'http://x'].map((base_url) => ({
        endpoint: 'integrations.create',
        body: { ...minimalBody('integrations.create', tag), base_url },
      })),
    expect: {},
    next: [
      {
        request: ({ tag }) =>
          ['x.example.test', 'ftp://x.example.test', 'https://', ''].map((base_url) => ({
            endpoint: 'integrations.create',
            body: { ...minimalBody('integrations.create', tag), base_url },
          })),
        expect: { code: 'validation_failed', at: 'body.base_url' },
      },
    ],
  },
  {
    id: 'integrations.create/mappings',
    title: 'Values of a string mapping and of a string list must be strings',
    endpoint: 'integrations.create',
    specReference: SPEC.fields,
    request: ({ tag }) => ({
      endpoint: 'integrations.create',
      body: { ...minimalBody('integrations.create', tag), department_mapping: { it: 1 } },
    }),
    expect: { code: 'validation_failed', at: 'body.department_mapping.it' },
    next: [
      {
        request: ({ tag }) => ({
          endpoint: 'integrations.create',
          body: { ...minimalBody('integrations.create', tag), oauth_scopes: ['a', 1] },
        }),
        expect: { code: 'validation_failed', at: 'body.oauth_scopes.1' },
      },
    ],
  },
]

function requestWith({ endpoint, name }: Field, tag: string, value: unknown): CaseRequest {
  const rest = Object.entries(minimalBody(endpoint, tag) ?? {}).filter(([other]) => other !== name)
  // The field comes last, because `checkLastFieldRefused` checks the last field of a body.
  return { endpoint, body: Object.fromEntries([...rest, [name, value]]) }
}

/** Whether a legacy backend has another name for the field, or none. */
const isNew = ({ endpoint, name }: Field): boolean =>
  changesAccepting(endpoint, 'body').some(({ current }) => current.includes(name))

function valuesAtLimits(field: Field, tag: string): readonly unknown[] {
  const { maxLength, minimum, maximum } = field.schema
  if (typeof maxLength === 'number') return [stringOf(field, tag, maxLength), stringOf(field, tag, maxLength - 1)]
  return [minimum, maximum].filter((value) => typeof value === 'number')
}

function valuesBeyondLimits(field: Field, tag: string): readonly unknown[] {
  const { maxLength, minimum, maximum } = field.schema
  if (typeof maxLength === 'number') return [stringOf(field, tag, maxLength + 1)]
  return [
    ...(typeof minimum === 'number' ? [minimum - 1] : []),
    ...(typeof maximum === 'number' ? [maximum + 1] : []),
    // Not an integer, and not a number.
    1.5,
    '7',
  ]
}

/** A string of `length` characters. An emoji is one character, although it has two UTF-16 code units. */
function stringOf({ name, schema }: Field, tag: string, length: number): string {
  const [start, padding] =
    'pattern' in schema ? ['https://x.example.test/', 'x'] : [startsWithTag(name) ? tag : '', '😀']
  return [...start, ...Array.from({ length }, () => padding)].slice(0, length).join('')
}

/** The rows of a case are found by their name or title, so these fields start with the tag. */
const startsWithTag = (name: string): boolean => name === 'name' || name === 'title'

function valueOfWrongType({ schema }: Field): unknown {
  const { type } = schema
  return type === 'object' || type === 'array' || type === 'boolean' ? 'text' : { not: 'this' }
}

/** Checks that the reply has an issue at the last field of the request body. */
function checkLastFieldRefused({ json, request: { body } }: Reply): Mismatch | undefined {
  const name = Object.keys(isJsonObject(body) ? body : {}).at(-1) ?? ''
  const isRefused = issuesOf(json).some(({ loc }) => Array.isArray(loc) && loc[0] === 'body' && loc[1] === name)
  return isRefused ? undefined : { expected: `an issue at \`${name}\``, actual: 'no issue there' }
}

/** Checks that the reply has one of the values, if it has the field at all. */
function checkValueReturned({ name }: Field, values: readonly unknown[], fields: JsonObject): Mismatch | undefined {
  return !Object.hasOwn(fields, name) || values.includes(fields[name])
    ? undefined
    : { expected: `\`${name}\` as it was sent`, actual: 'another value' }
}
