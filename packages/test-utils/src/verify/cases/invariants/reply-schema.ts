import { changesOf, endpointOf, type JsonObject } from '@ai-ticket-creator/domain'
import { check, isJsonObject, wireSchema } from '@ai-ticket-creator/domain/internal'
import type { Fault } from '../../model/case.ts'
import { entitiesOf, type Reply } from '../../model/observed-reply.ts'
import { filesOf } from './index.ts'

export function hasShape({ endpoint, generation, json }: Reply): Fault | undefined {
  const schema = wireSchema(endpoint, 'reply', generation)
  const [issue] = schema === undefined ? [] : check(schema, json, 'reply')
  return issue === undefined
    ? undefined
    : { expected: `the fields of a ${generation} reply`, actual: `${issue.type} at ${issue.loc.join('.')}` }
}
export function hasNone(
  reply: Reply,
  names: (change: ReturnType<typeof changesOf>[number]) => readonly string[],
): Fault | undefined {
  const { reply: schema } = endpointOf(reply.endpoint)
  const unwanted = changesOf(reply.endpoint, 'reply').flatMap(names)
  if (schema === undefined) return undefined
  return entitiesOf({ ...reply, current: reply.json })
    .map((row) => unwanted.find((name) => Object.hasOwn(row, name)))
    .filter((name) => name !== undefined)
    .map((name) => ({ expected: `no \`${name}\``, actual: `\`${name}\`` }))[0]
}
export function bothAgree(reply: Reply): Fault | undefined {
  return entitiesOf({ ...reply, current: reply.json })
    .map(rowAgrees)
    .find((fault) => fault !== undefined)
}
function rowAgrees(row: JsonObject): Fault | undefined {
  const result = isJsonObject(row['integration_result']) ? row['integration_result'] : {}
  const pairs: readonly (readonly [string, unknown])[] = [
    ['is_enabled', row['enabled']],
    ['integration_type', row['platform_name']],
    ['external_ticket_id', result['external_ticket_id'] ?? null],
    ['external_ticket_url', result['external_ticket_url'] ?? null],
    ['assignee', row['assigned_to_id']],
    ['files', filesOf(row['attachments'], 'file_id')],
  ]
  const wrong = pairs.find(([name, now]) => Object.hasOwn(row, name) && oldValue(name, row[name]) !== now)
  return wrong === undefined
    ? undefined
    : { expected: `\`${wrong[0]}\` as its new words say`, actual: 'something else' }
}
function oldValue(name: string, value: unknown): unknown {
  if (name === 'assignee') return isJsonObject(value) ? value['id'] : value
  return name === 'files' ? filesOf(value, 'id') : (value ?? null)
}
