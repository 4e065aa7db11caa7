import { fieldNames } from '../contract/compiled-contract.ts'
import type { EndpointId } from '../contract/contract.ts'
import { didYouMean, suggest } from '../problems/did-you-mean.ts'
import type { Issue, IssueCode } from '../problems/problems.ts'
import { typeName } from '../schema/validate.ts'
import type { RetiredName } from '../versioning/retired-names.ts'

/** The part of a request that a field is in. */
export type RequestPart = 'body' | 'query'

/** Keeps the first issue of each location: one is enough to fix the field. */
export function uniqueByLocation(issues: readonly Issue[]): readonly Issue[] {
  const places = new Set<string>()
  return issues.filter(({ loc }) => {
    const place = JSON.stringify(loc)
    return !places.has(place) && places.add(place)
  })
}

/** Keeps the issues of single fields, if there are any; otherwise the issues of the whole body. */
export function fieldIssuesFirst<I extends Pick<Issue, 'loc'>>(issues: readonly I[]): readonly I[] {
  const ofFields = issues.filter(({ loc }) => loc.length > 1)
  return ofFields.length === 0 ? issues : ofFields
}

/** The issue for a retired name. */
export const retiredField = (part: RequestPart, { field, replacement }: RetiredName): Issue =>
  fieldIssue(part, field, 'retired_field', `\`${field}\` is retired; send \`${replacement}\``, replacement)

/** The issue for a field that cannot be changed. */
export const readOnlyField = (field: string): Issue =>
  fieldIssue('body', field, 'read_only_field', `\`${field}\` cannot be changed; leave it out`, undefined)

/** The issue for a field that the endpoint does not have, with a suggestion if another name is similar. */
export function unknownField(endpointId: EndpointId, part: RequestPart, field: string): Issue {
  const known = fieldNames(endpointId, part)
  const suggestion = synonyms.get(field)?.find((name) => known.includes(name)) ?? suggest(field, known)
  return fieldIssue(part, field, 'unknown_field', `\`${field}\` is not a field${didYouMean(suggestion)}`, suggestion)
}

// Names that callers may have from other APIs or other endpoints, with the fields that they probably mean.
const synonyms: ReadonlyMap<string, readonly string[]> = new Map([
  ['limit', ['size']],
  ['per_page', ['size', 'limit']],
  ['page_size', ['size', 'limit']],
  ['size', ['limit']],
  ['offset', ['page']],
  ['page', ['offset']],
  ['order', ['sort_order']],
  ['order_by', ['sort_by']],
  ['sort', ['sort_by']],
  ['query', ['q', 'name']],
  ['search', ['q', 'name']],
  ['status', ['integration_status', 'enabled']],
  ['platform', ['platform_name']],
  ['type', ['platform_name']],
  ['assignee', ['assigned_to_id']],
  ['assignee_id', ['assigned_to_id']],
  ['configuration', ['credentials']],
  ['config', ['credentials']],
])

/** The issue for a body that is missing or is not an object. */
export const notAnObject = (raw: unknown): Issue => ({
  type: raw === undefined ? 'missing' : 'dict_type',
  loc: ['body'],
  msg:
    raw === undefined ? 'the body is required; send a JSON object' : `the body must be an object, not ${typeName(raw)}`,
  code: 'validation_failed',
})

const fieldIssue = (
  part: RequestPart,
  field: string,
  code: IssueCode,
  msg: string,
  replacement: string | undefined,
): Issue => ({
  type: 'value_error',
  loc: [part, field],
  msg,
  code,
  ...(replacement !== undefined && { replacement }),
})
