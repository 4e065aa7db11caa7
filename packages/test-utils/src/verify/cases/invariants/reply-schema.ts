import { type Change, changesOf, ENDPOINT_IDS, endpointOf, type JsonObject } from '@ai-ticket-creator/domain'
import { checkSchema, isJsonObject, wireSchema } from '@ai-ticket-creator/domain/internal'
import type { Invariant, Mismatch } from '../../model/case.ts'
import type { Reply } from '../../model/observed-reply.ts'
import { SPEC } from '../../model/spec-references.ts'
import { each, succeeded } from './selectors.ts'

/** Rules for the fields of replies. */
export const replySchema: readonly Invariant[] = [
  ...ENDPOINT_IDS.filter((endpoint) => endpointOf(endpoint).reply !== undefined).map(
    (endpoint): Invariant => ({
      id: `replies/${endpoint}`,
      title: `A reply of ${endpointOf(endpoint).method} ${endpointOf(endpoint).path} has the fields and types of its generation`,
      endpoint,
      specReference: SPEC.fields,
      appliesTo: (reply) => reply.endpoint === endpoint && succeeded(reply),
      check: checkReply,
    }),
  ),
  {
    id: 'replies/no-retired-fields',
    title: 'A current reply has no retired field',
    specReference: SPEC.migration,
    since: 'current',
    appliesTo: succeeded,
    check: (reply) => checkAbsentFields(reply, (change) => Object.keys(change.retired)),
  },
  {
    id: 'replies/no-new-fields',
    title: 'A legacy reply about integrations has no new field',
    specReference: SPEC.generations,
    until: 'legacy',
    // Not for tickets: their change lists `integration_result` as a new field, but legacy replies have it too.
    appliesTo: (reply) => succeeded(reply) && reply.endpoint.startsWith('integrations.'),
    check: (reply) => checkAbsentFields(reply, ({ current }) => current),
  },
  {
    id: 'replies/both-spellings-agree',
    title: 'Old and new fields of a transitional reply agree',
    specReference: SPEC.migration,
    since: 'transitional',
    until: 'transitional',
    appliesTo: succeeded,
    check: checkBothSpellings,
  },
]

function checkReply({ endpoint, generation, json }: Reply): Mismatch | undefined {
  const schema = wireSchema(endpoint, 'reply', generation)
  const [issue] = schema === undefined ? [] : checkSchema(schema, json, 'reply')
  return issue === undefined
    ? undefined
    : { expected: `the fields of a ${generation} reply`, actual: `${issue.type} at ${issue.loc.join('.')}` }
}

/** Checks that no row has one of the fields that `names` selects from the changes of the endpoint. */
function checkAbsentFields(reply: Reply, names: (change: Change) => readonly string[]): Mismatch | undefined {
  const unwanted = changesOf(reply.endpoint, 'reply').flatMap(names)
  return eachRaw(reply, (row) => {
    const name = unwanted.find((one) => Object.hasOwn(row, one))
    return name === undefined ? undefined : { expected: `no \`${name}\``, actual: `\`${name}\`` }
  })
}

function checkBothSpellings(reply: Reply): Mismatch | undefined {
  return eachRaw(reply, (row) => {
    const result = isJsonObject(row['integration_result']) ? row['integration_result'] : {}
    const expected: JsonObject = {
      is_enabled: row['enabled'],
      integration_type: row['platform_name'],
      external_ticket_id: result['external_ticket_id'] ?? null,
      external_ticket_url: result['external_ticket_url'] ?? null,
      assignee: row['assigned_to_id'],
      files: idsOf(row['attachments'], 'file_id'),
    }
    const wrong = Object.keys(expected).find(
      (name) => Object.hasOwn(row, name) && comparable(name, row[name]) !== expected[name],
    )
    return wrong === undefined
      ? undefined
      : { expected: `\`${wrong}\` in agreement with the new field`, actual: 'another value' }
  })
}

/** Converts the value of an old field to the form of the new field, to compare both. */
function comparable(name: string, value: unknown): unknown {
  if (name === 'assignee') return isJsonObject(value) ? value['id'] : value
  return name === 'files' ? idsOf(value, 'id') : (value ?? null)
}

const idsOf = (files: unknown, key: string): unknown =>
  Array.isArray(files)
    ? files.map((file: unknown) => (isJsonObject(file) ? String(file[key]) : '')).join()
    : (files ?? null)

/** `each` for the rows with the field names that were received, not those of the current generation. */
const eachRaw = (reply: Reply, checkRow: (row: JsonObject) => Mismatch | undefined): Mismatch | undefined =>
  each({ ...reply, current: reply.json }, checkRow)
