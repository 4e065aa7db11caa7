import { compiledEndpoint, fieldNames } from '../contract/compiled-contract.ts'
import type { EndpointId } from '../contract/contract.ts'
import type { Issue } from '../problems/problems.ts'
import { fromEntries, has, isJsonObject, type JsonObject, omit, ownValue, sameJson } from '../schema/json.ts'
import { check } from '../schema/validate.ts'
import { completeCategory } from '../versioning/infer-category.ts'
import { type RetiredName, retiredNamesOf } from '../versioning/retired-names.ts'
import { checkCategory } from './check-category.ts'
import { checkReplyFields } from './check-reply-fields.ts'
import { checkRules } from './cross-field-rules.ts'
import { nullCharacters } from './null-characters.ts'
import { dropNulls, type NullHandling } from './null-fields.ts'
import { decodeQuery } from './query-string.ts'
import {
  fieldIssuesFirst,
  notAnObject,
  type RequestPart,
  retiredField,
  uniqueByLocation,
  unknownField,
} from './request-issues.ts'

/** The result of parsing a request's body or query in the current generation. */
export interface ParsedCurrent<Name extends RetiredName = RetiredName> {
  /** Valid only if there are no issues. */
  readonly body: JsonObject
  readonly issues: readonly Issue[]
  /** The retired names in the request. Each of them is also an issue. */
  readonly used: readonly Name[]
  /** Fields without effect, which `body` does not have. They are not issues. */
  readonly ignored: readonly string[]
}

interface CurrentOptions<Name extends RetiredName> {
  readonly stored?: JsonObject | undefined
  readonly nulls?: NullHandling | undefined
  /** The retired names to refuse. The issue contains the replacement. */
  readonly retired: readonly Name[]
}

/** Parses a request's body in the current generation, for a client that supports no other generation. Pure. */
export function parseCurrentBody(endpointId: EndpointId, raw: unknown, stored?: JsonObject): ParsedCurrent {
  if (!isJsonObject(raw)) return { body: {}, issues: [notAnObject(raw)], used: [], ignored: [] }
  const parsed = parseCurrent(endpointId, 'body', raw, { stored, retired: retiredNamesOf(endpointId, 'body') })
  return { ...parsed, body: trimStrings(parsed.body) }
}

/** Parses a request's query, given as name and value pairs, in the current generation. Pure. */
export const parseCurrentQuery = (endpointId: EndpointId, pairs: Iterable<readonly [string, string]>): ParsedCurrent =>
  parseCurrent(endpointId, 'query', decodeQuery(endpointId, pairs), { retired: retiredNamesOf(endpointId, 'query') })

/** Parses fields in the current generation: a retired name is an issue, and so is a field that does not exist. */
export function parseCurrent<Name extends RetiredName>(
  endpointId: EndpointId,
  part: RequestPart,
  raw: JsonObject,
  { stored, nulls = 'sender', retired }: CurrentOptions<Name>,
): ParsedCurrent<Name> {
  const { fields, ignored } =
    part === 'query'
      ? { fields: raw, ignored: [] }
      : dropNulls(endpointId, raw, { handling: nulls, retired: undefined })
  const used = retired.filter(({ field }) => has(fields, field))
  const given = omit(
    fields,
    used.map(({ field }) => field),
  )
  const checked = checkFields(endpointId, part, completeCategory(endpointId, part, given), stored)

  // A field that was given under its retired name is not missing.
  const replaced = used.map(({ replacement }) => replacement).filter((field) => !has(given, field))
  return {
    body: checked.body,
    issues: mostUseful([
      ...used.map((name) => retiredField(part, name)),
      ...checked.unknown.map((field) => unknownField(endpointId, part, field)),
      ...checked.faults.filter(({ loc }) => !replaced.includes(String(loc[1]))),
    ]),
    used,
    ignored: [...ignored, ...checked.ignored],
  }
}

/** Keeps one issue per field, and issues of the whole body only if no field has an issue. */
export const mostUseful = (issues: readonly Issue[]): readonly Issue[] => fieldIssuesFirst(uniqueByLocation(issues))

/** Checks fields with the current names. `retiredNames`: further names that are not unknown fields. */
export function checkFields(
  endpointId: EndpointId,
  part: RequestPart,
  fields: JsonObject,
  stored: JsonObject | undefined,
  retiredNames: readonly string[] = [],
): {
  /** The fields that have an effect. */
  readonly body: JsonObject
  readonly faults: readonly Issue[]
  /** Fields that the endpoint does not have. */
  readonly unknown: readonly string[]
  readonly ignored: readonly string[]
} {
  const checked = checkReplyFields(endpointId, part, fields, stored)
  const { readOnly = [] } = compiledEndpoint(endpointId)
  const known = [...fieldNames(endpointId, part), ...readOnly, ...retiredNames]
  const unknown = Object.keys(checked.fields).filter((key) => !known.includes(key))
  const body = omit(checked.fields, unknown)

  const type = compiledEndpoint(endpointId)[part]
  const rules = part === 'body' ? checkRules(endpointId, body, stored) : checkCategory(body, 'query')
  const limits = type === undefined ? [] : check(type, body, part)
  const faults = [...rules, ...limits.filter(({ loc }) => !isAsStored(String(loc[1]), body, stored))]
  return {
    body,
    faults: [...checked.issues, ...faults, ...nullCharacters(part, body)],
    unknown,
    ignored: checked.ignored,
  }
}

// A row of the existing backend may have a value that is not valid here. Sending it back changes nothing, so it is no fault.
const isAsStored = (field: string, fields: JsonObject, stored: JsonObject | undefined): boolean =>
  stored !== undefined && has(fields, field) && sameJson(ownValue(fields, field), ownValue(stored, field))

/** Trims the strings of a body (existing backend: how requests are read), but not the secret. */
export const trimStrings = (body: JsonObject): JsonObject =>
  fromEntries(
    Object.entries(body).map(([key, value]) => [
      key,
      typeof value === 'string' && key !== 'webhook_secret' ? value.trim() : value,
    ]),
  )
