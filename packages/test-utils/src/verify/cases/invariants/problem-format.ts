import { problems } from '@ai-ticket-creator/domain'
import { isJsonObject } from '@ai-ticket-creator/domain/internal'
import type { Fault } from '../../model/case.ts'
import { describeShown, itemsOf } from '../../model/describe.ts'
import type { Reply } from '../../model/observed-reply.ts'

export function hasProblemForm({ json, status }: Reply): Fault | undefined {
  if (!isJsonObject(json)) return { expected: 'an object with `detail` and `code`', actual: 'no object' }
  const { code, detail } = json
  const problem = Object.entries(problems).find(([word]) => word === code)?.[1]
  if (problem === undefined)
    return { expected: '`code`: one of those that are documented', actual: describeShown(code) }
  if (problem.status !== status)
    return { expected: `${problem.status} for \`${String(code)}\``, actual: String(status) }
  return (typeof detail === 'string' && detail !== '') || (Array.isArray(detail) && detail.length > 0)
    ? undefined
    : { expected: '`detail`: a text or a list', actual: 'neither' }
}
export function hasItemForm({ json }: Reply): Fault | undefined {
  const wrong = itemsOf(json).find(
    (item) =>
      !['type', 'msg', 'code'].every((name) => typeof item[name] === 'string') ||
      !Array.isArray(item['loc']) ||
      Object.hasOwn(item, 'input') ||
      !Object.entries(problems).some(([word, problem]) => word === item['code'] && 'item' in problem),
  )
  return wrong === undefined
    ? undefined
    : { expected: '`type`, `loc`, `msg`, a known `code`, and no `input`', actual: Object.keys(wrong).join(', ') }
}
