import { compiledEndpoint, fieldNames } from '../contract/compiled-contract.ts'
import type { EndpointId } from '../contract/contract.ts'
import type { Generation } from '../contract/endpoint.ts'
import type { Issue } from '../problems/problems.ts'
import { fromEntries, has, isJsonObject, type JsonObject, omit, own, sameJson } from '../schema/json.ts'
import { check } from '../schema/validate.ts'
import type { DeprecatedUse, Lookup, Resolvers } from '../versioning/changes/change.ts'
import { changesAccepting, replacementRoute } from '../versioning/changes/index.ts'
import { type Upgrade, upgrade } from '../versioning/upgrade-downgrade.ts'
import { checkCategory } from './check-category.ts'
import { checkReplyFields } from './check-reply-fields.ts'
import { checkRules } from './cross-field-rules.ts'
import { dropNulls, type NullHandling } from './null-fields.ts'
import { decodeQuery, groupQuery } from './query-string.ts'
import {
  fieldIssuesFirst,
  inCallersGeneration,
  notAnObject,
  type RequestPart,
  retiredField,
  uniqueByLocation,
  unknownField,
} from './request-issues.ts'

export interface ParseOptions extends Resolvers {
  /** The generation of the receiver. */
  readonly generation: Generation
  /** `Prefer: handling=strict`: parse as the current generation does. Legacy ignores it. Default: false. */
  readonly strict?: boolean
  /** The stored row in the current form, on an update. Absent where it is not known, as in a client. */
  readonly stored?: JsonObject | undefined
  /** How `null` in a body is handled. Default: `sender`. */
  readonly nulls?: NullHandling
}

/** A request's body or query with the current names, and what was found in it. */
export interface ParsedRequest {
  /** Use it only if there are no issues and no lookups. */
  readonly body: JsonObject
  readonly issues: readonly Issue[]
  /** Names to look up: pass `idOf` and parse again. */
  readonly lookups: readonly Lookup[]
  /** The retired names in it. */
  readonly used: readonly DeprecatedUse[]
  /** Fields without effect, for the header `Ignored-Fields`. */
  readonly ignored: readonly string[]
}

/**
 * Parses a request's body as a backend of a generation does: converts retired names, reports faults, and lists every
 * field that it leaves out. Pure.
 */
export function parseBody(endpointId: EndpointId, raw: unknown, options: ParseOptions): ParsedRequest {
  if (!isJsonObject(raw)) return { body: {}, issues: [notAnObject(raw)], lookups: [], used: [], ignored: [] }

  const parsed = parse(endpointId, 'body', raw, options)
  const body = trimStrings(parsed.body)
  if (replacementRoute(endpointId) === undefined) return { ...parsed, body }

  // A retired route has a body schema of its own. The result is a body of the route that replaces it.
  const moved = upgrade(endpointId, body)
  return { ...parsed, body: moved.body, used: moved.used }
}

/** Parses a request's query, given as name and value pairs, as a backend of a generation does. Pure. */
export function parseQuery(
  endpointId: EndpointId,
  pairs: Iterable<readonly [string, string]>,
  options: ParseOptions,
): ParsedRequest {
  return parse(endpointId, 'query', decodeQuery(endpointId, groupQuery(endpointId, pairs)), options)
}

function parse(endpointId: EndpointId, part: RequestPart, raw: JsonObject, options: ParseOptions): ParsedRequest {
  const { stored } = options
  const parsedAs = options.strict && options.generation !== 'legacy' ? 'current' : options.generation
  const isStrict = parsedAs === 'current'

  const newNames = parsedAs === 'legacy' ? newNamesIn(endpointId, part, raw) : []
  const sent = omit(raw, newNames)
  const nulls =
    part === 'query'
      ? { fields: sent, used: [], ignored: [] }
      : dropNulls(endpointId, sent, { handling: options.nulls ?? 'sender', parsedAs })
  const upgraded = upgradeFields(endpointId, part, nulls.fields, { ...options, legacyOnly: parsedAs === 'legacy' })
  const checked = checkReplyFields(endpointId, part, upgraded.body, stored)
  const unknown = unknownFields(endpointId, part, checked.fields, upgraded)

  const body = omit(checked.fields, unknown)
  // In strict mode a retired name is refused, so faults of the field that replaces it would be misleading.
  const faults = [...checked.issues, ...findFaults(endpointId, part, body, upgraded, stored)].filter(
    ({ loc }) => !isStrict || !Object.hasOwn(upgraded.origins, String(loc[1])),
  )
  const rename = (issue: Issue): Issue => inCallersGeneration(issue, endpointId, part, upgraded, parsedAs)
  const issues = uniqueByLocation([
    ...(isStrict ? upgraded.used.map((use) => retiredField(part, use)) : upgraded.issues.map(rename)),
    ...(isStrict ? unknown.map((field) => unknownField(endpointId, part, field)) : []),
    ...faults.map(rename),
  ])
  return {
    body,
    issues: fieldIssuesFirst(issues),
    lookups: isStrict ? [] : upgraded.lookups,
    used: [...upgraded.used, ...nulls.used],
    ignored: [...newNames, ...nulls.ignored, ...checked.ignored, ...(isStrict ? [] : unknown)],
  }
}

function newNamesIn(endpointId: EndpointId, part: RequestPart, raw: JsonObject): readonly string[] {
  const newNames = changesAccepting(endpointId, part).flatMap(({ current }) => current)
  return Object.keys(raw).filter((key) => newNames.includes(key))
}

function upgradeFields(
  endpointId: EndpointId,
  part: RequestPart,
  fields: JsonObject,
  options: ParseOptions & { readonly legacyOnly: boolean },
): Upgrade<JsonObject> {
  if (replacementRoute(endpointId) !== undefined)
    return { body: fields, used: [], issues: [], lookups: [], origins: {} }
  return upgrade(endpointId, fields, { ...options, part })
}

function unknownFields(
  endpointId: EndpointId,
  part: RequestPart,
  fields: JsonObject,
  { used }: Upgrade,
): readonly string[] {
  const { readOnly = [] } = compiledEndpoint(endpointId)
  const known = [...fieldNames(endpointId, part), ...readOnly, ...used.map(({ field }) => field)]
  return Object.keys(fields).filter((key) => !known.includes(key))
}

function findFaults(
  endpointId: EndpointId,
  part: RequestPart,
  fields: JsonObject,
  { used }: Upgrade,
  stored: JsonObject | undefined,
): readonly Issue[] {
  // If a retired field could not be converted, that is reported; the field that replaces it is then not missing.
  const unconverted = used.filter(({ field }) => has(fields, field)).map(({ change }) => change)
  const notMissing = changesAccepting(endpointId, part).flatMap(({ id, current }) =>
    unconverted.includes(id) ? current : [],
  )

  const type = compiledEndpoint(endpointId)[part]
  const rules = part === 'body' ? checkRules(endpointId, fields, stored) : checkCategory(fields, 'query')
  const limits = type === undefined ? [] : check(type, fields, part)
  const faults = [...rules, ...limits.filter(({ loc }) => !isAsStored(String(loc[1]), fields, stored))]
  return faults.filter(({ loc }) => !notMissing.includes(String(loc[1])))
}

// A stored row may have a value that is not valid here, such as one of the existing backend. Sending it back changes nothing.
const isAsStored = (field: string, fields: JsonObject, stored: JsonObject | undefined): boolean =>
  stored !== undefined && has(fields, field) && sameJson(own(fields, field), own(stored, field))

/** Strings are trimmed (existing backend: how requests are read), secrets are not. */
const trimStrings = (body: JsonObject): JsonObject =>
  fromEntries(
    Object.entries(body).map(([key, value]) => [
      key,
      typeof value === 'string' && key !== 'webhook_secret' ? value.trim() : value,
    ]),
  )
