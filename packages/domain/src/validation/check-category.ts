import { categoryOf, isPlatform } from '../catalog/platforms.ts'
import type { Issue } from '../problems/problems.ts'
import { type JsonObject, ownValue } from '../schema/json.ts'

/** An issue if the category of a body or query is not that of its platform. */
export function checkCategory(body: JsonObject, part: 'body' | 'query'): readonly Issue[] {
  const platform = ownValue(body, 'platform_name')
  const category = ownValue(body, 'integration_category')
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
