import { type EndpointId, endpointOf } from '../contract/contract.ts'
import type { Generation } from '../contract/endpoint.ts'
import type { Issue } from '../problems/problems.ts'
import { fromEntries, has, isJsonObject, type JsonObject, omit, own, sameJson } from '../schema/json.ts'
import { fieldsOf } from '../schema/schema.ts'
import { check } from '../schema/validate.ts'
import type { DeprecatedUse, Lookup, Resolvers } from '../versioning/changes/change.ts'
import { changesAccepting, replacementRoute } from '../versioning/changes/index.ts'
import { type Upgrade, upgrade } from '../versioning/upgrade-downgrade.ts'
import { checkCategory } from './check-category.ts'
import { checkRules } from './cross-field-rules.ts'
import { decodeQuery, groupQuery } from './query-string.ts'
import {
  inCallersGeneration,
  notAnObject,
  type RequestPart,
  readOnlyField,
  retired,
  sortByFields,
  uniqueByLocation,
  unknownField,
} from './request-issues.ts'

export interface ParseOptions extends Resolvers {
  /** What the receiver understands. */
  readonly generation: Generation
  /** `Prefer: handling=strict`: read as the current generation does. Unknown to legacy. Default: false. */
  readonly strict?: boolean
  /** The stored row in the current form, on an update. Absent where it is not known: the sender's side. */
  readonly stored?: JsonObject | undefined
}

/** A request's body or query in the current spelling, and all there is to say about it. */
export interface ParsedRequest {
  /** To be used only when there are no issues and no lookups. */
  readonly body: JsonObject
  readonly issues: readonly Issue[]
  /** Names that need an answer: pass `idOf` and read again. */
  readonly lookups: readonly Lookup[]
  /** The old names in it. */
  readonly used: readonly DeprecatedUse[]
  /** Fields without effect, to be named in `Ignored-Fields`. */
  readonly ignored: readonly string[]
}

/**
 * Reads a request's body as a backend of a generation does: old names become new, faults are named, and nothing is
 * left out without being listed. Pure.
 */
export function parseBody(endpointId: EndpointId, raw: unknown, options: ParseOptions): ParsedRequest {
  if (!isJsonObject(raw)) return { body: {}, issues: [notAnObject(raw)], lookups: [], used: [], ignored: [] }

  const reading = read(endpointId, 'body', raw, options)
  const body = trimTexts(reading.body)
  if (replacementRoute(endpointId) === undefined) return { ...reading, body }

  // A retired route checks its own body; what it means is a body of the route it moved to.
  const moved = upgrade(endpointId, body)
  return { ...reading, body: moved.body, used: moved.used }
}

/** Reads a request's query, given as name and value pairs, as a backend of a generation does. Pure. */
export function parseQuery(
  endpointId: EndpointId,
  pairs: Iterable<readonly [string, string]>,
  options: ParseOptions,
): ParsedRequest {
  return read(endpointId, 'query', decodeQuery(endpointId, groupQuery(endpointId, pairs)), options)
}

function read(endpointId: EndpointId, part: RequestPart, raw: JsonObject, options: ParseOptions): ParsedRequest {
  const { stored } = options
  const understood = options.strict && options.generation !== 'legacy' ? 'current' : options.generation

  const newNames = understood === 'legacy' ? unknownToLegacy(endpointId, part, raw) : []
  const up = upgradeFields(endpointId, part, omit(raw, newNames), options)
  const echo = readEcho(endpointId, part, up.body, stored)
  const unknown = unknownFields(endpointId, part, echo.fields, up)

  const body = omit(echo.fields, unknown)
  const strict = understood === 'current'
  // A retired name is refused as such; what it stands for was not sent.
  const faults = [...echo.issues, ...findFaults(endpointId, part, body, up, stored)].filter(
    ({ loc }) => !strict || !Object.hasOwn(up.origins, String(loc[1])),
  )
  const inTheirWords = (fault: Issue): Issue => inCallersGeneration(fault, endpointId, part, up, understood)
  const issues = uniqueByLocation([
    ...(strict ? up.used.map((use) => retired(part, use)) : up.issues.map(inTheirWords)),
    ...(strict ? unknown.map((field) => unknownField(endpointId, part, field)) : []),
    ...faults.map(inTheirWords),
  ])
  return {
    body,
    issues: sortByFields(issues),
    lookups: strict ? [] : up.lookups,
    used: up.used,
    ignored: [...newNames, ...echo.ignored, ...(strict ? [] : unknown)],
  }
}

function unknownToLegacy(endpointId: EndpointId, part: RequestPart, raw: JsonObject): readonly string[] {
  const news = changesAccepting(endpointId, part).flatMap(({ current }) => current)
  return Object.keys(raw).filter((key) => news.includes(key))
}

function upgradeFields(
  endpointId: EndpointId,
  part: RequestPart,
  fields: JsonObject,
  options: ParseOptions,
): Upgrade<JsonObject> {
  if (replacementRoute(endpointId) !== undefined)
    return { body: fields, used: [], issues: [], lookups: [], origins: {} }
  return upgrade(endpointId, fields, { ...options, part })
}

/**
 * A reply that is sent back in an update: what can not be changed has to be as stored, what the server moves by itself
 * has no effect.
 */
function readEcho(
  endpointId: EndpointId,
  part: RequestPart,
  fields: JsonObject,
  stored: JsonObject | undefined,
): { fields: JsonObject; issues: readonly Issue[]; ignored: readonly string[] } {
  const { body, entity, readOnly = [] } = endpointOf(endpointId)
  if (part === 'query' || body === undefined || entity === undefined) return { fields, issues: [], ignored: [] }

  const settable = fieldsOf(body)
  const echoed = Object.keys(fields).filter((key) => !settable.includes(key))
  const fixed = echoed.filter((key) => readOnly.includes(key))
  const moved = echoed.filter((key) => !readOnly.includes(key) && fieldsOf(entity).includes(key))
  // A sender does not know the stored row: it passes on what only the receiver can compare.
  if (stored === undefined) return { fields: omit(fields, moved), issues: [], ignored: moved }
  return {
    fields: omit(fields, [...fixed, ...moved]),
    issues: fixed
      .filter((key) => !sameJson(own(fields, key), own(stored, key)))
      .map((key) => checkCategory(fields, 'body').find(({ loc }) => loc[1] === key) ?? readOnlyField(key)),
    ignored: moved,
  }
}

function unknownFields(
  endpointId: EndpointId,
  part: RequestPart,
  fields: JsonObject,
  { used }: Upgrade,
): readonly string[] {
  const { [part]: schema, readOnly = [] } = endpointOf(endpointId)
  const known = [...(schema === undefined ? [] : fieldsOf(schema)), ...readOnly, ...used.map(({ field }) => field)]
  return Object.keys(fields).filter((key) => !known.includes(key))
}

function findFaults(
  endpointId: EndpointId,
  part: RequestPart,
  fields: JsonObject,
  { used }: Upgrade,
  stored: JsonObject | undefined,
): readonly Issue[] {
  // An old field that could not be converted is named already; what it stands for is not missing as well.
  const left = used.filter(({ field }) => has(fields, field)).map(({ change }) => change)
  const excused = changesAccepting(endpointId, part).flatMap(({ id, current }) => (left.includes(id) ? current : []))

  const schema = endpointOf(endpointId)[part]
  const rules = part === 'body' ? checkRules(endpointId, fields, stored) : checkCategory(fields, 'query')
  const faults = [...rules, ...(schema === undefined ? [] : check(schema, fields, part))]
  return faults.filter(({ loc }) => !excused.includes(String(loc[1])))
}

/** Strings are trimmed on input (CONTRACT §0), secrets are not. */
const trimTexts = (body: JsonObject): JsonObject =>
  fromEntries(
    Object.entries(body).map(([key, value]) => [
      key,
      typeof value === 'string' && key !== 'webhook_secret' ? value.trim() : value,
    ]),
  )
