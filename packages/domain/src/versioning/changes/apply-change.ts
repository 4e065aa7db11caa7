import type { Issue } from '../../problems/problems.ts'
import { fromEntries, has, isJsonObject, type JsonObject, ownValue, pick, sameJson } from '../../schema/json.ts'
import type { Change, DeprecatedUse, DowngradeContext, FieldIssue, Lookup, UpgradeContext } from './change.ts'

/** The result of upgrading the fields of one change. */
export interface ChangeOutcome {
  readonly body: JsonObject
  readonly used: readonly DeprecatedUse[]
  readonly issues: readonly Issue[]
  readonly lookups: readonly Lookup[]
  /** New field → the retired field that its value came from, so that messages can use the caller's names. */
  readonly origins: Readonly<Record<string, string>>
}

/** Upgrades the fields of one change. Never throws. Idempotent, because fields that cannot be converted stay. */
export function applyUpgrade(change: Change, body: JsonObject, outer: Omit<UpgradeContext, 'body'>): ChangeOutcome {
  const context: UpgradeContext = { ...outer, body }
  const old = pick(body, Object.keys(change.retired))
  const oldKeys = Object.keys(old)
  const [first] = oldKeys
  if (first === undefined) return { ...untouched, body }

  const used = oldKeys.map((field) => ({
    field,
    replacement: change.retired[field]?.replacement ?? '',
    change: change.id,
  }))
  const result = change.upgrade(old, context)
  if ('lookup' in result) return { ...untouched, body, used, lookups: [result.lookup] }
  if ('issues' in result)
    return { ...untouched, body, used, issues: result.issues.map((issue) => withLocation(issue, context)) }

  const conflicts = Object.keys(result.fields).filter((key) => isConflict(key, body, result.fields, context))
  if (conflicts.length > 0)
    return {
      ...untouched,
      body,
      used,
      issues: conflicts.map((key) => withLocation(conflictIssue(key, first, change, context), context)),
    }

  return {
    ...untouched,
    body: mergeUpgraded(change, body, oldKeys, result.fields, context),
    used,
    origins: Object.fromEntries(Object.keys(result.fields).map((key) => [key, first])),
  }
}

/**
 * Downgrades the fields of one change; undefined if they cannot be expressed with the retired names. With `keep` the new
 * fields stay, and the retired ones follow them.
 */
export function applyDowngrade(
  change: Change,
  body: JsonObject,
  context: DowngradeContext,
  keep: boolean,
): JsonObject | undefined {
  const present = pick(body, change.current)
  if (Object.keys(present).length === 0) return body

  const old = change.downgrade(present, context)
  if (old === undefined) return undefined
  if (keep) return fromEntries([...Object.entries(body), ...Object.entries(old)])

  const keys = Object.keys(present)
  return replaceKeys(body, keys, old, (field) => (keys.includes(field) ? field : change.retired[field]?.replacement))
}

/**
 * Replaces keys in place: a new field takes the position of the key that it replaces, or of the first removed key. Other
 * keys stay where they are.
 */
function replaceKeys(
  body: JsonObject,
  keys: readonly string[],
  fields: JsonObject,
  replaces: (field: string) => string | undefined,
): JsonObject {
  const placed = Object.entries(fields).map((entry) => {
    const key = replaces(entry[0])
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

// An old client changes the retired field and sends the whole object back, with the new field in it. So on an update the
// value that differs from the stored row counts. In a reply the new field counts, and the retired field fills gaps.
// Undefined: the two fields conflict.
function resolveConflict(key: string, body: JsonObject, fields: JsonObject, { part, stored }: UpgradeContext): unknown {
  const [now, old] = [ownValue(body, key), ownValue(fields, key)]
  if (now === undefined) return old
  if (sameJson(now, old)) return now
  if (part === 'reply') return fillGaps(now, old)
  if (stored === undefined || !Object.hasOwn(stored, key)) return undefined
  if (sameJson(old, stored[key])) return now
  return sameJson(now, stored[key]) ? old : undefined
}

function fillGaps(now: unknown, old: unknown): unknown {
  if (now === null) return old
  if (!isJsonObject(now) || !isJsonObject(old)) return now
  const gaps = Object.entries(old).filter(([key]) => (ownValue(now, key) ?? null) === null)
  return fromEntries([...Object.entries(now), ...gaps])
}

const isConflict = (key: string, body: JsonObject, fields: JsonObject, context: UpgradeContext): boolean =>
  resolveConflict(key, body, fields, context) === undefined

function mergeUpgraded(
  change: Change,
  body: JsonObject,
  oldKeys: readonly string[],
  fields: JsonObject,
  context: UpgradeContext,
): JsonObject {
  const added = fromEntries(Object.entries(fields).filter(([key]) => !has(body, key)))
  const resolved = fromEntries(
    Object.entries(body).map(([key, value]) => [
      key,
      has(fields, key) ? resolveConflict(key, body, fields, context) : value,
    ]),
  )
  return replaceKeys(resolved, oldKeys, added, (field) =>
    oldKeys.find((key) => change.retired[key]?.replacement === field),
  )
}

function conflictIssue(
  field: string,
  old: string,
  { retired }: Change,
  { legacyOnly = false }: UpgradeContext,
): FieldIssue {
  const replacement = retired[old]?.replacement ?? field
  return {
    type: 'value_error',
    field,
    msg: `\`${field}\` disagrees with \`${old}\`; send only ${legacyOnly ? 'one of them' : `\`${replacement}\``}`,
    code: 'conflicting_fields',
    ...(!legacyOnly && { replacement }),
  }
}

const withLocation = ({ field, ...issue }: FieldIssue, { part }: UpgradeContext): Issue => ({
  type: issue.type,
  loc: [part, field],
  msg: issue.msg,
  code: issue.code,
  ...(issue.replacement !== undefined && { replacement: issue.replacement }),
})
