import { compiledEndpoint, fieldNames } from '../contract/compiled-contract.ts'
import type { EndpointId } from '../contract/contract.ts'
import type { Issue } from '../problems/problems.ts'
import { fromEntries, has, isJsonObject, type JsonObject, omit, own, sameJson } from '../schema/json.ts'
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

/** A request's body or query in the current generation, and what was found in it. */
export interface ParsedCurrent<Name extends RetiredName = RetiredName> {
  /** Use it only if there are no issues. */
  readonly body: JsonObject
  readonly issues: readonly Issue[]
  /** The retired names in it. Each is an issue. */
  readonly used: readonly Name[]
  /** Fields that are left out without an issue. */
  readonly ignored: readonly string[]
}

interface CurrentOptions<Name extends RetiredName> {
  readonly stored?: JsonObject | undefined
  readonly nulls?: NullHandling | undefined
  /** The names to refuse with the name to use instead. */
  readonly retired: readonly Name[]
}

/** Parses a request's body in the current generation, for a client that has no other. Pure. */
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

  // Faults of a field that was given under its retired name would be misleading.
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

/** One issue for each field, and those of the whole body only if there are no others. */
export const mostUseful = (issues: readonly Issue[]): readonly Issue[] => fieldIssuesFirst(uniqueByLocation(issues))

/** Fields with the current names, without those that have no effect, and what is wrong with them. */
export function checkFields(
  endpointId: EndpointId,
  part: RequestPart,
  fields: JsonObject,
  stored: JsonObject | undefined,
  otherNames: readonly string[] = [],
): {
  readonly body: JsonObject
  readonly faults: readonly Issue[]
  /** Fields that the endpoint does not have. */
  readonly unknown: readonly string[]
  readonly ignored: readonly string[]
} {
  const checked = checkReplyFields(endpointId, part, fields, stored)
  const { readOnly = [] } = compiledEndpoint(endpointId)
  const known = [...fieldNames(endpointId, part), ...readOnly, ...otherNames]
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

// A stored row may have a value that is not valid here, such as one of the existing backend. Sending it back changes nothing.
const isAsStored = (field: string, fields: JsonObject, stored: JsonObject | undefined): boolean =>
  stored !== undefined && has(fields, field) && sameJson(own(fields, field), own(stored, field))

/** Strings are trimmed (existing backend: how requests are read), secrets are not. */
export const trimStrings = (body: JsonObject): JsonObject =>
  fromEntries(
    Object.entries(body).map(([key, value]) => [
      key,
      typeof value === 'string' && key !== 'webhook_secret' ? value.trim() : value,
    ]),
  )
