import type { Generation, Issue } from '@ai-ticket-creator/domain'
import { fieldsOf, isJsonObject, wireSchema } from '@ai-ticket-creator/domain/internal'
import { dropParameters, omit, onBody } from '../hook-builders.ts'
import { ALL, CURRENT, type Hooks, LEGACY, REFACTORED, type Row } from '../hooks.ts'
import type { HookTarget, ParsedPart } from '../parsing-hooks.ts'

/** Which fields and parameters are read, and their limits. */
export const parsing: readonly Row[] = [
  {
    id: 'unknown-keys-ignored',
    profiles: LEGACY,
    source: 'how-requests-are-read',
    summary: 'Keys and parameters that no legacy schema has are ignored, also fields of replies; no header names them.',
    ...knownOnly('legacy'),
  },
  {
    id: 'unknown-and-old-keys-ignored',
    profiles: CURRENT,
    source: 'how-requests-are-read',
    summary:
      'Keys and parameters that no schema has are ignored: misspelt ones, fields of replies, and old names. So `integration_type` filters nothing, and a ticket with `integration_name` is not filed. No header names them.',
    ...knownOnly('current'),
  },
  {
    id: 'no-enabled-in-bodies',
    profiles: LEGACY,
    source: 'old-and-new-names',
    summary: '`is_enabled` is ignored in create and update.',
    body: onBody(['integrations.create', 'integrations.update'], (fields) => omit(fields, ['is_enabled'])),
  },
  {
    id: 'only-integration-field',
    profiles: LEGACY,
    source: 'old-and-new-names',
    summary:
      'Tickets have only `integration`; `integration_name`, `integration_routing` and `integration_preference` are ignored, so the ticket is not filed.',
    body: onBody(['tickets.create', 'tickets.createWithAi', 'tickets.replace'], (fields) =>
      omit(fields, ['integration_name', 'integration_routing', 'integration_preference']),
    ),
  },
  {
    id: 'no-platform-filter',
    profiles: CURRENT,
    source: 'list-integrations',
    summary: 'The list of integrations has no filter by platform: `platform_name` is an unknown parameter.',
    query: dropParameters(['integrations.list'], ['platform_name']),
  },
  {
    id: 'no-attachments-in-bodies',
    profiles: REFACTORED,
    source: 'create-a-ticket',
    summary: '`attachments` is an unknown key.',
    body: onBody(['tickets.create', 'tickets.replace', 'tickets.update'], (fields) => omit(fields, ['attachments'])),
  },
  {
    id: 'types-in-exact-case',
    profiles: LEGACY,
    source: 'enum-values',
    summary: '`integration_type` is matched exactly: `JIRA` is refused with 422.',
    issues: (issues, { part, raw }) => {
      const type = isJsonObject(raw) ? raw['integration_type'] : undefined
      if (typeof type !== 'string' || type === type.trim().toLowerCase()) return issues
      return [...issues.filter(({ loc }) => loc[1] !== 'integration_type'), notALegacyType(part)]
    },
  },
  {
    id: 'create-takes-null',
    profiles: ALL,
    source: 'null-and-absent-fields',
    summary: 'On create, null is not the same as absent: where a field is not nullable, null is a 422.',
    nullIsValue: ['integrations.create', 'tickets.create', 'tickets.createWithAi'],
  },
  {
    id: 'fewer-limits',
    profiles: ALL,
    source: 'create-an-integration',
    summary: '`webhook_secret` and `reason` may have any length, and `environment` may be blank.',
    issues: (issues) => issues.filter((issue) => !isUnknownLimit(issue)),
  },
]

/** Drops the fields and parameters that no schema of a generation has. */
function knownOnly(generation: Generation): Pick<Hooks, 'body' | 'query'> {
  const known = (part: 'body' | 'query', { endpointId }: HookTarget): readonly string[] => {
    const schema = wireSchema(endpointId, part, generation)
    return schema === undefined ? [] : fieldsOf(schema)
  }
  return {
    body: (fields, target) => {
      const names = known('body', target)
      return Object.fromEntries(Object.entries(fields).filter(([name]) => names.includes(name)))
    },
    query: (pairs, target) => {
      const names = known('query', target)
      return pairs.filter(([name]) => names.includes(name))
    },
  }
}

function isUnknownLimit({ type, loc }: Issue): boolean {
  const [, field] = loc
  if (type === 'string_too_long') return field === 'webhook_secret' || field === 'reason'
  return type === 'string_too_short' && field === 'environment'
}

const notALegacyType = (part: ParsedPart['part']): Issue => ({
  type: 'enum',
  loc: [part, 'integration_type'],
  msg: '`integration_type` must be one of the known types, in lower case',
  code: 'unknown_platform',
})
