import { categoryOf, isPlatform } from '../catalog/platforms.ts'
import { fieldNames } from '../contract/compiled-contract.ts'
import type { EndpointId } from '../contract/contract.ts'
import { fromEntries, has, type JsonObject, ownValue } from '../schema/json.ts'

/** Adds a missing category before the platform. Fields of an endpoint that has no category are returned unchanged. */
export function completeCategory(endpointId: EndpointId, part: 'body' | 'query', body: JsonObject): JsonObject {
  const platform = ownValue(body, 'platform_name')
  if (typeof platform !== 'string' || !isPlatform(platform) || has(body, 'integration_category')) return body
  if (!fieldNames(endpointId, part).includes('integration_category')) return body

  return fromEntries(
    Object.entries(body).flatMap(([key, value]) => {
      if (key === 'integration_category') return []
      return key === 'platform_name'
        ? [
            ['integration_category', categoryOf(platform)],
            [key, value],
          ]
        : [[key, value]]
    }),
  )
}
