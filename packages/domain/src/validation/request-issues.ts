import { type EndpointId, endpointOf } from '../contract/contract.ts'
import type { Generation } from '../contract/endpoint.ts'
import { suggest } from '../problems/did-you-mean.ts'
import type { Issue, IssueCode } from '../problems/problems.ts'
import { fieldsOf } from '../schema/schema.ts'
import { typeName } from '../schema/validate.ts'
import type { DeprecatedUse } from '../versioning/changes/change.ts'
import { changesOf } from '../versioning/changes/index.ts'
import type { Upgrade } from '../versioning/upgrade-downgrade.ts'

export type RequestPart = 'body' | 'query'

/** The first fault of a field is enough to mend it. */
export function uniqueByLocation(issues: readonly Issue[]): readonly Issue[] {
  const places = new Set<string>()
  return issues.filter(({ loc }) => {
    const place = JSON.stringify(loc)
    return !places.has(place) && places.add(place)
  })
}

/** A body whose fields are at fault is not to be called empty as well. */
export function sortByFields(issues: readonly Issue[]): readonly Issue[] {
  const ofFields = issues.filter(({ loc }) => loc.length > 1)
  return ofFields.length === 0 ? issues : ofFields
}

/** Names the field as the caller wrote it, or could have written it, not as it is called inside. */
export function inCallersGeneration(
  fault: Issue,
  endpointId: EndpointId,
  part: RequestPart,
  { origins }: Upgrade,
  understood: Generation,
): Issue {
  const [root = part, field, ...rest] = fault.loc
  if (typeof field !== 'string') return fault

  const change = changesOf(endpointId, part).find(({ current }) => current.includes(field))
  const legacyName = understood === 'legacy' ? Object.keys(change?.retired ?? {})[0] : undefined
  const name = Object.hasOwn(origins, field) ? origins[field] : legacyName
  if (name === undefined || understood === 'current') return fault
  return { ...fault, loc: [root, name, ...rest], msg: fault.msg.replace(`\`${field}`, `\`${name}`) }
}

export const retired = (part: RequestPart, { field, replacement }: DeprecatedUse): Issue =>
  fieldIssue(part, field, 'retired_field', `\`${field}\` is retired; send \`${replacement}\``, replacement)

export const readOnlyField = (field: string): Issue =>
  fieldIssue('body', field, 'read_only_field', `\`${field}\` can not be changed; leave it out`, undefined)

export function unknownField(endpointId: EndpointId, part: RequestPart, field: string): Issue {
  const schema = endpointOf(endpointId)[part]
  const suggestion = schema === undefined ? undefined : suggest(field, fieldsOf(schema))
  const hint = suggestion === undefined ? '' : `; did you mean \`${suggestion}\`?`
  return fieldIssue(part, field, 'unknown_field', `\`${field}\` is not a field${hint}`, suggestion)
}

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
