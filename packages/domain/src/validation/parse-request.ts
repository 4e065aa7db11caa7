import type { EndpointId } from '../contract/contract.ts'
import type { Generation } from '../contract/endpoint.ts'
import type { Issue } from '../problems/problems.ts'
import { has, isJsonObject, type JsonObject, omit } from '../schema/json.ts'
import type { JsonType } from '../schema/json-type.ts'
import type { DeprecatedUse, Lookup, Resolvers } from '../versioning/changes/change.ts'
import { changesAccepting, changesOf, replacementRoute } from '../versioning/changes/index.ts'
import { type Upgrade, upgrade } from '../versioning/upgrade-downgrade.ts'
import { dropNulls, type NullHandling } from './null-fields.ts'
import { checkFields, mostUseful, parseCurrent, trimStrings } from './parse-current.ts'
import { decodeQuery } from './query-string.ts'
import { notAnObject, type RequestPart } from './request-issues.ts'

/** Options of `parseBody` and `parseQuery`. */
export interface ParseOptions extends Resolvers {
  /** The generation of the receiver. */
  readonly generation: Generation
  /** `Prefer: handling=strict`: parse as the current generation does. Legacy ignores the preference. Default: false. */
  readonly strict?: boolean
  /** The stored row in the current form, on an update. Absent if the caller does not have it, as in a client. */
  readonly stored?: JsonObject | undefined
  /** How `null` in a body is handled. Default: `sender`. */
  readonly nulls?: NullHandling
}

/** The result of parsing a request's body or query. */
export interface ParsedRequest {
  /** The fields with the current names. Valid only if there are no issues and no lookups. */
  readonly body: JsonObject
  readonly issues: readonly Issue[]
  /** Names to look up: pass `idOf` and parse again. */
  readonly lookups: readonly Lookup[]
  /** The retired names in the request. */
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

  // A retired route has its own body schema. The result is a body of the route that replaces it.
  const moved = upgrade(endpointId, body)
  return { ...parsed, body: moved.body, used: moved.used }
}

/** Parses a request's query, given as name and value pairs, as a backend of a generation does. Pure. */
export function parseQuery(
  endpointId: EndpointId,
  pairs: Iterable<readonly [string, string]>,
  options: ParseOptions,
): ParsedRequest {
  return parse(endpointId, 'query', decodeQuery(endpointId, pairs, retiredTypes(endpointId)), options)
}

function parse(endpointId: EndpointId, part: RequestPart, raw: JsonObject, options: ParseOptions): ParsedRequest {
  const { generation, stored, nulls = 'sender' } = options
  const parsedAs = options.strict && options.generation !== 'legacy' ? 'current' : options.generation
  if (parsedAs === 'current') {
    const retired = replacementRoute(endpointId) === undefined ? retiredUses(endpointId, part) : []
    return { ...parseCurrent(endpointId, part, raw, { stored, nulls, retired }), lookups: [] }
  }

  // Legacy ignores the new names.
  const newNames = generation === 'legacy' ? newNamesIn(endpointId, part, raw) : []
  const sent = omit(raw, newNames)
  const { fields, dropped, ignored } =
    part === 'query'
      ? { fields: sent, dropped: [], ignored: [] }
      : dropNulls(endpointId, sent, { handling: nulls, retired: retiredUses(endpointId, part) })
  const upgraded = upgradeFields(endpointId, part, fields, { ...options, legacyOnly: generation === 'legacy' })
  const retiredNames = upgraded.used.map(({ field }) => field)
  const checked = checkFields(endpointId, part, upgraded.body, stored, retiredNames)

  const notMissing = unconvertedFields(endpointId, part, checked.body, upgraded)
  const faults = checked.faults.filter(({ loc }) => !notMissing.includes(String(loc[1])))
  const rename = (issue: Issue): Issue => inCallersGeneration(issue, endpointId, part, upgraded, generation)
  return {
    body: checked.body,
    issues: mostUseful([...upgraded.issues, ...faults].map(rename)),
    lookups: upgraded.lookups,
    used: [...upgraded.used, ...dropped],
    ignored: [...newNames, ...ignored, ...checked.ignored, ...checked.unknown],
  }
}

function newNamesIn(endpointId: EndpointId, part: RequestPart, raw: JsonObject): readonly string[] {
  const newNames = changesAccepting(endpointId, part).flatMap(({ current }) => current)
  return Object.keys(raw).filter((key) => newNames.includes(key))
}

/** Every retired name that a part of an endpoint accepts. */
const retiredUses = (endpointId: EndpointId, part: RequestPart): readonly DeprecatedUse[] =>
  changesAccepting(endpointId, part).flatMap(({ id, retired }) =>
    Object.entries(retired).map(([field, { replacement }]) => ({ field, replacement, change: id })),
  )

/** The types of the retired names in a query: `is_enabled=1` means `enabled=true`. */
const retiredTypes = (endpointId: EndpointId): ReadonlyMap<string, JsonType> =>
  new Map(
    changesAccepting(endpointId, 'query')
      .flatMap(({ retired }) => Object.entries(retired))
      .map(([name, { type }]) => [name, type]),
  )

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

/** The new fields that are not missing, because their retired field was sent but could not be converted. */
function unconvertedFields(
  endpointId: EndpointId,
  part: RequestPart,
  fields: JsonObject,
  { used }: Upgrade,
): readonly string[] {
  const unconverted = used.filter(({ field }) => has(fields, field)).map(({ change }) => change)
  return changesAccepting(endpointId, part).flatMap(({ id, current }) => (unconverted.includes(id) ? current : []))
}

/** Renames the field of an issue to the name that the caller sent, or to its name in the caller's generation. */
function inCallersGeneration(
  issue: Issue,
  endpointId: EndpointId,
  part: RequestPart,
  { origins }: Upgrade,
  generation: Generation,
): Issue {
  const [root = part, field, ...rest] = issue.loc
  if (typeof field !== 'string') return issue

  const change = changesOf(endpointId, part).find(({ current }) => current.includes(field))
  const legacyName = generation === 'legacy' ? Object.keys(change?.retired ?? {})[0] : undefined
  const name = Object.hasOwn(origins, field) ? origins[field] : legacyName
  if (name === undefined) return issue

  const path = [name, ...(change?.retiredPath?.(rest) ?? rest)]
  const msg = issue.msg.replace(`\`${[field, ...rest].join('.')}\``, `\`${path.join('.')}\``)
  return { ...issue, loc: [root, ...path], msg }
}
