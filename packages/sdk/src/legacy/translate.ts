import {
  changesOf,
  downgrade,
  type EndpointId,
  type JsonObject,
  type ReplyMismatch,
  upgrade,
} from '@ai-ticket-creator/domain'
import { entitiesIn, isJsonObject } from '@ai-ticket-creator/domain/internal'
import type { DecodedReply, ReplyGenerations } from '../core/call-context.ts'
import type { ParsedReply } from '../core/exchange.ts'
import type { SentRequest } from '../core/sent-request.ts'
import type { WireRequest } from '../core/wire.ts'
import { type Issue, issueAt } from '../errors/issue.ts'
import { InvalidRequestError } from '../errors/request-errors.ts'
import { isSuccess } from '../transport/parse-reply.ts'
import { contradicts, detectGeneration } from './detect-generation.ts'
import type { LegacyContext } from './legacy-context.ts'
import { renamedFields } from './renamed-fields.ts'

/**
 * The query and the body of a request in the form that its generation expects.
 *
 * @throws InvalidRequestError for a value that the generation cannot express.
 */
export function encode({ endpointId, generation, input }: SentRequest): {
  readonly query: JsonObject
  readonly body: JsonObject | undefined
} {
  const { query = {}, body, sentIntegrationName, filtersOnClient = false } = input
  if (generation === 'current') return { query, body }
  const sentQuery = filtersOnClient ? withoutUnmapped(endpointId, query) : query
  return {
    body: body && downgradePart(endpointId, body, 'body', sentIntegrationName),
    query: downgradePart(endpointId, sentQuery, 'query'),
  }
}

/** The body of a reply with the current names. */
export function decode({ endpointId, query }: WireRequest, reply: ParsedReply): DecodedReply {
  const { status, headers, body } = reply
  const evidence = detectGeneration({ endpointId, status, headers, body })
  if (endpointId === undefined || body === undefined || !isSuccess(reply)) return { body, evidence }

  const data = upgrade(endpointId, body, { part: 'reply' }).body
  // A current backend ignores the filter `is_enabled`, so its rows may be enabled or not.
  const filter = isJsonObject(query) && evidence?.generation !== 'current' ? query['is_enabled'] : undefined
  if (hasEnabled(endpointId)) for (const entity of entitiesIn(endpointId, data) ?? []) deriveEnabled(entity, filter)
  return { body: data, evidence }
}

/** The filters of a list that are not sent, or that a backend of the other generation ignores. */
export function unsentFilters(
  endpointId: EndpointId,
  filters: JsonObject,
  { requestGeneration = 'current', generation }: ReplyGenerations,
): readonly string[] {
  return [
    ...(requestGeneration === 'legacy' ? unmappedFields(endpointId, filters) : []),
    ...(contradicts(generation, requestGeneration) ? renamedFields(endpointId, filters) : []),
  ]
}

// Fields that `decode` derives from old ones where it can: `enabled` from the status `active` or `inactive`, the category
// from a known platform. Where it cannot, a legacy reply without them is not a deviation.
const DERIVED = /\b(?:enabled|integration_category)$/

/** Whether a field is missing because the reply is a legacy one: derived fields, and fields that are now nullable. */
export function mayLack(
  { settings }: LegacyContext,
  { path, expected }: ReplyMismatch,
  { requestGeneration, generation }: ReplyGenerations,
): boolean {
  const observed = (settings.generation === 'auto' ? generation : undefined) ?? requestGeneration
  return observed === 'legacy' && (DERIVED.test(path) || expected.endsWith(' or null'))
}

function downgradePart(endpointId: EndpointId, value: JsonObject, part: 'query' | 'body', name?: string): JsonObject {
  const { body, unmapped } = downgrade(endpointId, value, { part, nameOf: () => name })
  const fields = unmapped.flatMap(({ current }) => current.filter((field) => Object.hasOwn(value, field)))
  if (fields.length > 0) throw new InvalidRequestError(fields.map((field) => notExpressible(part, field)))

  // Legacy backends of different versions read different fields for the integration's name, so it is sent in both.
  return 'integration_name' in body ? { ...body, integration: body['integration_name'] } : body
}

const notExpressible = (part: string, field: string): Issue =>
  issueAt([part, field], `a legacy backend does not support this value of \`${field}\``)

function withoutUnmapped(endpointId: EndpointId, query: JsonObject): JsonObject {
  const unmapped = unmappedFields(endpointId, query)
  return Object.fromEntries(Object.entries(query).filter(([field]) => !unmapped.includes(field)))
}

/** The filters that a legacy backend has no name for. */
const unmappedFields = (endpointId: EndpointId, query: JsonObject): string[] =>
  downgrade(endpointId, query, { part: 'query' }).unmapped.flatMap(({ current }) =>
    current.filter((field) => Object.hasOwn(query, field)),
  )

const hasEnabled = (endpointId: EndpointId): boolean =>
  changesOf(endpointId, 'reply').some(({ current }) => current.includes('enabled'))

/** Adds `enabled`, which legacy replies lack, if the filter that was sent or the status shows it. */
function deriveEnabled(entity: Record<string, unknown>, filter: unknown): void {
  if (typeof entity['enabled'] === 'boolean') return
  if (typeof filter === 'boolean') entity['enabled'] = filter
  else if (entity['status'] === 'active') entity['enabled'] = true
  else if (entity['status'] === 'inactive') entity['enabled'] = false
}
