import { compiledEndpoint } from '../contract/compiled-contract.ts'
import type { EndpointId } from '../contract/contract.ts'
import type { Issue } from '../problems/problems.ts'
import { type JsonObject, omit, ownValue, sameJson } from '../schema/json.ts'
import { checkCategory } from './check-category.ts'
import { type RequestPart, readOnlyField } from './request-issues.ts'

/**
 * Handles reply fields that an update sends back: fields that cannot be changed must equal the stored row, and fields
 * that the server computes have no effect.
 */
export function checkReplyFields(
  endpointId: EndpointId,
  part: RequestPart,
  fields: JsonObject,
  stored: JsonObject | undefined,
): { fields: JsonObject; issues: readonly Issue[]; ignored: readonly string[] } {
  const { body, entities, readOnly = [] } = compiledEndpoint(endpointId)
  if (part === 'query' || body === undefined || entities === undefined) return { fields, issues: [], ignored: [] }

  const settable = Object.keys(body.fields)
  const shown = entities.flatMap((entity) => Object.keys(entity.fields))
  const sentBack = Object.keys(fields).filter((key) => !settable.includes(key))
  const fixed = sentBack.filter((key) => readOnly.includes(key))
  const computed = sentBack.filter((key) => !readOnly.includes(key) && shown.includes(key))
  // Without the stored row, fields that cannot be changed are passed on, so that the receiver compares them.
  if (stored === undefined) return { fields: omit(fields, computed), issues: [], ignored: computed }
  return {
    fields: omit(fields, [...fixed, ...computed]),
    issues: fixed
      .filter((key) => !sameJson(ownValue(fields, key), ownValue(stored, key)))
      .map((key) => checkCategory(fields, 'body').find(({ loc }) => loc[1] === key) ?? readOnlyField(key)),
    ignored: computed,
  }
}
