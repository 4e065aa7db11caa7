import { type EndpointId, endpointOf } from '../contract/contract.ts'
import type { Generation } from '../contract/endpoint.ts'
import { nearest } from '../problems/did-you-mean.ts'
import type { Issue, IssueCode } from '../problems/problems.ts'
import { fromEntries, has, isJsonObject, type JsonObject, omit, own, sameJson } from '../schema/json.ts'
import { fieldsOf } from '../schema/schema.ts'
import { check, kindOf } from '../schema/validate.ts'
import type { Answers, DeprecatedUse, Lookup } from '../versioning/changes/change.ts'
import { acceptedChangesOf, changesOf, movedTo } from '../versioning/changes/index.ts'
import { checkCategory } from '../versioning/infer-category.ts'
import { type Upgrade, upgrade } from '../versioning/upgrade-downgrade.ts'
import { checkRules } from './cross-field-rules.ts'
import { decodeQuery, groupQuery } from './query-string.ts'

export interface ReadOptions extends Answers {
  /** What the receiver understands. */
  readonly generation: Generation
  /** `Prefer: handling=strict`: read as the current generation does. Unknown to legacy. Default: false. */
  readonly strict?: boolean
  /** The stored row in the current form, on an update. Absent where it is not known: the sender's side. */
  readonly stored?: JsonObject | undefined
}

/** A request's body or query in the current spelling, and all there is to say about it. */
export interface ReadRequest {
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

type RequestPart = 'body' | 'query'

/**
 * Reads a request's body as a backend of a generation does: old names become new, faults are named, and nothing is
 * left out without being listed. Pure.
 */
export function readBody(endpointId: EndpointId, raw: unknown, options: ReadOptions): ReadRequest {
  if (!isJsonObject(raw)) return { body: {}, issues: [notAnObject(raw)], lookups: [], used: [], ignored: [] }

  const reading = read(endpointId, 'body', raw, options)
  const body = trimTexts(reading.body)
  if (movedTo(endpointId) === undefined) return { ...reading, body }

  // A retired route checks its own body; what it means is a body of the route it moved to.
  const moved = upgrade(endpointId, body)
  return { ...reading, body: moved.body, used: moved.used }
}

/** Reads a request's query, given as name and value pairs, as a backend of a generation does. Pure. */
export function readQuery(
  endpointId: EndpointId,
  pairs: Iterable<readonly [string, string]>,
  options: ReadOptions,
): ReadRequest {
  return read(endpointId, 'query', decodeQuery(endpointId, groupQuery(endpointId, pairs)), options)
}

function read(endpointId: EndpointId, part: RequestPart, raw: JsonObject, options: ReadOptions): ReadRequest {
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
  const inTheirWords = (fault: Issue): Issue => inCallersWords(fault, endpointId, part, up, understood)
  const issues = onePerPlace([
    ...(strict ? up.used.map((use) => retired(part, use)) : up.issues.map(inTheirWords)),
    ...(strict ? unknown.map((field) => unknownField(endpointId, part, field)) : []),
    ...faults.map(inTheirWords),
  ])
  return {
    body,
    issues: fieldsFirst(issues),
    lookups: strict ? [] : up.lookups,
    used: up.used,
    ignored: [...newNames, ...echo.ignored, ...(strict ? [] : unknown)],
  }
}

function unknownToLegacy(endpointId: EndpointId, part: RequestPart, raw: JsonObject): readonly string[] {
  const news = acceptedChangesOf(endpointId, part).flatMap(({ current }) => current)
  return Object.keys(raw).filter((key) => news.includes(key))
}

function upgradeFields(
  endpointId: EndpointId,
  part: RequestPart,
  fields: JsonObject,
  options: ReadOptions,
): Upgrade<JsonObject> {
  if (movedTo(endpointId) !== undefined) return { body: fields, used: [], issues: [], lookups: [], origins: {} }
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
  const excused = acceptedChangesOf(endpointId, part).flatMap(({ id, current }) => (left.includes(id) ? current : []))

  const schema = endpointOf(endpointId)[part]
  const rules = part === 'body' ? checkRules(endpointId, fields, stored) : checkCategory(fields, 'query')
  const faults = [...rules, ...(schema === undefined ? [] : check(schema, fields, part))]
  return faults.filter(({ loc }) => !excused.includes(String(loc[1])))
}

/** The first fault of a field is enough to mend it. */
function onePerPlace(issues: readonly Issue[]): readonly Issue[] {
  const places = new Set<string>()
  return issues.filter(({ loc }) => {
    const place = JSON.stringify(loc)
    return !places.has(place) && places.add(place)
  })
}

/** A body whose fields are at fault is not to be called empty as well. */
function fieldsFirst(issues: readonly Issue[]): readonly Issue[] {
  const ofFields = issues.filter(({ loc }) => loc.length > 1)
  return ofFields.length === 0 ? issues : ofFields
}

/** Names the field as the caller wrote it, or could have written it, not as it is called inside. */
function inCallersWords(
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

/** Strings are trimmed on input (CONTRACT §0), secrets are not. */
const trimTexts = (body: JsonObject): JsonObject =>
  fromEntries(
    Object.entries(body).map(([key, value]) => [
      key,
      typeof value === 'string' && key !== 'webhook_secret' ? value.trim() : value,
    ]),
  )

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

const retired = (part: RequestPart, { field, use }: DeprecatedUse): Issue =>
  fieldIssue(part, field, 'retired_field', `\`${field}\` is retired; send \`${use}\``, use)

const readOnlyField = (field: string): Issue =>
  fieldIssue('body', field, 'read_only_field', `\`${field}\` can not be changed; leave it out`, undefined)

function unknownField(endpointId: EndpointId, part: RequestPart, field: string): Issue {
  const schema = endpointOf(endpointId)[part]
  const suggestion = schema === undefined ? undefined : nearest(field, fieldsOf(schema))
  const hint = suggestion === undefined ? '' : `; did you mean \`${suggestion}\`?`
  return fieldIssue(part, field, 'unknown_field', `\`${field}\` is not a field${hint}`, suggestion)
}

const notAnObject = (raw: unknown): Issue => ({
  type: raw === undefined ? 'missing' : 'dict_type',
  loc: ['body'],
  msg:
    raw === undefined ? 'the body is required; send a JSON object' : `the body must be an object, not ${kindOf(raw)}`,
  code: 'validation_failed',
})
