import type { EndpointId } from '../../contract/contract.ts'
import type { Issue } from '../../problems/problems.ts'
import { fromEntries, has, isJsonObject, type JsonObject, own, pick, sameJson } from '../../schema/json.ts'
import type { AnySchema } from '../../schema/schema.ts'

/** Where fields stand: in a request's body, its query, or an entity of a reply. */
export type Part = 'body' | 'query' | 'reply'

/** The ways to answer what a pure mapping can not know. Each may say undefined: then the field stays as it is. */
export interface Answers {
  /** The id of the integration with a name. */
  readonly idOf?: ((name: string) => string | undefined) | undefined
  /** The name of the integration with an id. */
  readonly nameOf?: ((id: string) => string | undefined) | undefined
  /** The user with an id, as legacy replies show the assignee. */
  readonly userOf?: ((id: string) => JsonObject | undefined) | undefined
}

/** What a conversion to the old spelling may look at beside the fields. */
export interface DownContext extends Answers {
  readonly part: Part
}

/** What a conversion to the new spelling may look at beside the fields. */
export interface UpContext extends DownContext {
  /** All fields, the old ones included. */
  readonly body: JsonObject
  /** The stored row in the current form, on an update. */
  readonly stored?: JsonObject | undefined
}

/** A name that has to be looked up before its field can be upgraded. */
export interface Lookup {
  /** The field that holds the name. */
  readonly field: string
  readonly name: string
  /** The field that takes the id. */
  readonly use: string
}

/** The new fields; or what hinders: issues of the caller's making, or a look-up. Then the old fields stay. */
export type Upgraded =
  | { readonly fields: JsonObject }
  | { readonly issues: readonly FieldIssue[] }
  | { readonly lookup: Lookup }

/** An issue that knows its field; the engine adds where the field stands. */
export type FieldIssue = Omit<Issue, 'loc'> & { readonly field: string }

/** A field that went away. */
export interface RetiredField {
  /** The name to use instead, as headers and documents say it. */
  readonly use: string
  readonly schema: AnySchema
}

/** One change of the wire: what went away, what came, and both directions. */
export interface Change {
  /** The name of its file. */
  readonly id: string
  readonly kind: 'rename' | 'split' | 'look-up' | 'status' | 'reshape' | 'reply' | 'route'
  /** The sentence that users read. */
  readonly summary: string
  /** ISO 8601 date. */
  readonly deprecated: string
  /** The endpoints it concerns. `accepted`: bodies where the old spelling is read, but another change writes it. */
  readonly endpoints: Readonly<Partial<Record<Part | 'accepted', readonly EndpointId[]>>>
  readonly retired: Readonly<Record<string, RetiredField>>
  /** The fields that came. */
  readonly current: readonly string[]
  /** Retired routes and where they moved. */
  readonly routes?: Readonly<Partial<Record<EndpointId, EndpointId>>>
  /** From the old fields that are present to the new ones. */
  up(old: JsonObject, context: UpContext): Upgraded
  /** From the new fields that are present to the old ones; undefined when there is no old spelling. */
  down(current: JsonObject, context: DownContext): JsonObject | undefined
}

/** Keeps an entry's literal types and checks it. */
export const change = <const C extends Change>(entry: C): C => entry

/** One use of an old name in a request. */
export interface DeprecatedUse {
  /** The old name. */
  readonly field: string
  /** The name to use instead. */
  readonly use: string
  /** The id of the change. */
  readonly change: string
}

export interface ChangeOutcome {
  readonly body: JsonObject
  readonly used: readonly DeprecatedUse[]
  readonly issues: readonly Issue[]
  readonly lookups: readonly Lookup[]
  /** New field → the old field that its value came from, for messages in the caller's words. */
  readonly origins: Readonly<Record<string, string>>
}

/** Applies one change upwards. Never throws; what it can not convert stays in place, so it is idempotent. */
export function applyUp(change: Change, body: JsonObject, surroundings: Omit<UpContext, 'body'>): ChangeOutcome {
  const context: UpContext = { ...surroundings, body }
  const old = pick(body, Object.keys(change.retired))
  const oldKeys = Object.keys(old)
  const [first] = oldKeys
  if (first === undefined) return { ...untouched, body }

  const used = oldKeys.map((field) => ({ field, use: change.retired[field]?.use ?? '', change: change.id }))
  const result = change.up(old, context)
  if ('lookup' in result) return { ...untouched, body, used, lookups: [result.lookup] }
  if ('issues' in result) return { ...untouched, body, used, issues: result.issues.map((issue) => at(issue, context)) }

  const conflicts = Object.keys(result.fields).filter((key) => conflicting(key, body, result.fields, context))
  if (conflicts.length > 0)
    return { ...untouched, body, used, issues: conflicts.map((key) => at(conflict(key, first, change), context)) }

  return {
    ...untouched,
    body: settle(change, body, oldKeys, result.fields, context),
    used,
    origins: Object.fromEntries(Object.keys(result.fields).map((key) => [key, first])),
  }
}

/** Applies one change downwards; undefined: no old spelling. With `keep` the new fields stay, the old ones follow. */
export function applyDown(
  change: Change,
  body: JsonObject,
  context: DownContext,
  keep: boolean,
): JsonObject | undefined {
  const present = pick(body, change.current)
  if (Object.keys(present).length === 0) return body

  const old = change.down(present, context)
  if (old === undefined) return undefined
  if (keep) return fromEntries([...Object.entries(body), ...Object.entries(old)])

  const keys = Object.keys(present)
  return swap(body, keys, old, (field) => (keys.includes(field) ? field : change.retired[field]?.use))
}

/**
 * Takes keys out and puts fields in, each where the key that it stands for stood, else where the first one stood.
 * Other keys stay in place.
 */
function swap(
  body: JsonObject,
  keys: readonly string[],
  fields: JsonObject,
  standsFor: (field: string) => string | undefined,
): JsonObject {
  const placed = Object.entries(fields).map((entry) => {
    const key = standsFor(entry[0])
    return { entry, place: key !== undefined && keys.includes(key) ? key : keys[0] }
  })
  return fromEntries(
    Object.entries(body).flatMap((entry) => {
      const [key] = entry
      if (keys.includes(key)) return placed.filter(({ place }) => place === key).map(({ entry: field }) => field)
      return Object.hasOwn(fields, key) ? [] : [entry]
    }),
  )
}

const untouched: Omit<ChangeOutcome, 'body'> = { used: [], issues: [], lookups: [], origins: {} }

// Three-way on update: an old client flips the old field and sends the whole object back, new field included; the one
// that differs from the stored row is the one that was meant. In a reply nobody can be asked: the new spelling counts,
// and the old one fills its gaps.
function winner(key: string, body: JsonObject, fields: JsonObject, { part, stored }: UpContext): unknown {
  const [now, old] = [own(body, key), own(fields, key)]
  if (now === undefined) return old
  if (sameJson(now, old)) return now
  if (part === 'reply') return fill(now, old)
  if (stored === undefined || !Object.hasOwn(stored, key)) return undefined
  if (sameJson(old, stored[key])) return now
  return sameJson(now, stored[key]) ? old : undefined
}

function fill(now: unknown, old: unknown): unknown {
  if (now === null) return old
  if (!isJsonObject(now) || !isJsonObject(old)) return now
  const gaps = Object.entries(old).filter(([key]) => (own(now, key) ?? null) === null)
  return fromEntries([...Object.entries(now), ...gaps])
}

const conflicting = (key: string, body: JsonObject, fields: JsonObject, context: UpContext): boolean =>
  winner(key, body, fields, context) === undefined

function settle(
  change: Change,
  body: JsonObject,
  oldKeys: readonly string[],
  fields: JsonObject,
  context: UpContext,
): JsonObject {
  const added = fromEntries(Object.entries(fields).filter(([key]) => !has(body, key)))
  const settled = fromEntries(
    Object.entries(body).map(([key, value]) => [key, has(fields, key) ? winner(key, body, fields, context) : value]),
  )
  return swap(settled, oldKeys, added, (field) => oldKeys.find((key) => change.retired[key]?.use === field))
}

function conflict(field: string, old: string, { retired }: Change): FieldIssue {
  const use = retired[old]?.use ?? field
  return {
    type: 'value_error',
    field,
    msg: `\`${field}\` disagrees with \`${old}\`; send only \`${use}\``,
    code: 'conflicting_fields',
    replacement: use,
  }
}

const at = ({ field, ...issue }: FieldIssue, { part }: UpContext): Issue => ({
  type: issue.type,
  loc: [part, field],
  msg: issue.msg,
  code: issue.code,
  ...(issue.replacement !== undefined && { replacement: issue.replacement }),
})
