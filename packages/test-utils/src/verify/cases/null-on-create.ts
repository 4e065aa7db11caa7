import type { JsonObject } from '@ai-ticket-creator/domain'
import { sameJson } from '@ai-ticket-creator/domain/internal'
import { bodyFields } from '../model/body-fields.ts'
import type { Check, ContractCase } from '../model/case.ts'
import { type Reply, writtenRow } from '../model/observed-reply.ts'
import { SPEC } from '../model/spec-references.ts'
import { minimalBody, routeOf } from './sample-requests.ts'

const ENDPOINTS = ['integrations.create', 'tickets.create', 'tickets.createWithAi'] as const

/** Null on create is the same as an absent field, for each field that is not required. */
export const nullOnCreate: readonly ContractCase[] = ENDPOINTS.map((endpoint) => ({
  id: `${endpoint}/null-is-absent`,
  title: `Null counts as absent in every optional field of ${routeOf(endpoint)}`,
  endpoint,
  specReference: SPEC.fields,
  request: ({ tag }) => ({ endpoint, body: requiredFields(endpoint, tag) }),
  expect: {},
  next: [
    {
      request: ({ tag }, generation) => {
        const required = requiredFields(endpoint, tag)
        // A legacy backend has one field for category and platform.
        const omitted = [...Object.keys(required), ...(generation === 'legacy' ? ['integration_category'] : [])]
        const optional = bodyFields().filter((field) => field.endpoint === endpoint && !omitted.includes(field.name))
        return { endpoint, body: { ...Object.fromEntries(optional.map(({ name }) => [name, null])), ...required } }
      },
      expect: ({ replies: [absent] }) => ({ check: checkCreatedLike(absent) }),
    },
  ],
}))

function requiredFields(endpoint: (typeof ENDPOINTS)[number], tag: string): JsonObject {
  return endpoint === 'integrations.create' ? { name: tag, platform_name: 'jira' } : (minimalBody(endpoint, tag) ?? {})
}

// Of these fields, only whether they are null is compared.
const differsPerRow = (name: string): boolean => name === 'id' || name.endsWith('_at') || name === 'age_in_hours'

function checkCreatedLike(other: Reply | undefined): Check {
  return (reply) => {
    const [expected, actual] = [writtenRow(other), writtenRow(reply)]
    const differing = Object.keys(expected).filter((name) =>
      differsPerRow(name)
        ? (actual[name] === null) !== (expected[name] === null)
        : !sameJson(actual[name], expected[name]),
    )
    return differing.length === 0
      ? undefined
      : { expected: 'the row that is created without these fields', actual: `other values of ${differing.join(', ')}` }
  }
}
