import { categoryOf, isPlatform } from '../catalog/platforms.ts'
import { type EndpointId, endpointOf } from '../contract/contract.ts'
import type { Issue } from '../problems/problems.ts'
import { fromEntries, has, type JsonObject, own } from '../schema/json.ts'
import { fieldsOf } from '../schema/schema.ts'

/** A platform says its category: puts a missing one before it. Values of other endpoints come back as they are. */
export function completeCategory(endpointId: EndpointId, part: 'body' | 'query', body: JsonObject): JsonObject {
  const platform = own(body, 'platform_name')
  if (typeof platform !== 'string' || !isPlatform(platform) || has(body, 'integration_category')) return body
  const schema = endpointOf(endpointId)[part]
  if (schema === undefined || !fieldsOf(schema).includes('integration_category')) return body

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

/** A category that contradicts its platform. */
export function checkCategory(body: JsonObject, part: 'body' | 'query'): readonly Issue[] {
  const platform = own(body, 'platform_name')
  const category = own(body, 'integration_category')
  if (typeof platform !== 'string' || !isPlatform(platform) || category === undefined) return []

  const expected = categoryOf(platform)
  if (category === expected) return []
  return [
    {
      type: 'value_error',
      loc: [part, 'integration_category'],
      msg: `\`integration_category\` of \`${platform}\` is \`${expected}\`; send \`${expected}\`, or leave it out`,
      code: 'category_mismatch',
      replacement: expected,
    },
  ]
}
