import type { Generation, Issue } from '@ai-ticket-creator/domain'
import { fieldsOf, isJsonObject, wireSchema } from '@ai-ticket-creator/domain/internal'
import { dropParameters, omit, onBody } from '../hook-builders.ts'
import { ALL, C, C1, type Hooks, L, type Row } from '../hooks.ts'
import type { About, Reading } from '../parsing-hooks.ts'

/** Which fields are read, and which limits they have. */
export const parsing: readonly Row[] = [
  {
    id: 'unknown-keys-ignored',
    profiles: L,
    contract: '§0',
    summary:
      'Keys and parameters that no legacy schema has are ignored, also those that a reply shows; no header names them.',
    ...knownOnly('legacy'),
  },
  {
    id: 'unknown-and-old-keys-ignored',
    profiles: C,
    contract: '§0',
    summary:
      'Keys and parameters that no schema has are ignored: misspelt ones, those that a reply shows, and the old names, so that `integration_type` filters nothing and a ticket with `integration_name` is filed nowhere. No header names them.',
    ...knownOnly('current'),
  },
  {
    id: 'no-enabled-in-bodies',
    profiles: L,
    contract: '§2.1, §2.2',
    summary: 'Neither create nor update has `is_enabled`: it is ignored.',
    body: onBody(['integrations.create', 'integrations.update'], (fields) => omit(fields, ['is_enabled'])),
  },
  {
    id: 'one-word-for-the-integration',
    profiles: L,
    contract: '§3.1, §3.2, §3.5',
    summary:
      'Tickets know `integration` alone; `integration_name`, `integration_routing` and `integration_preference` are ignored, so that the ticket is filed nowhere.',
    body: onBody(['tickets.create', 'tickets.createWithAi', 'tickets.replace'], (fields) =>
      omit(fields, ['integration_name', 'integration_routing', 'integration_preference']),
    ),
  },
  {
    id: 'no-platform-filter',
    profiles: C,
    contract: '§1.1',
    summary: 'Lists of integrations have no filter by platform: `platform_name` is an unknown parameter.',
    query: dropParameters(['integrations.list'], ['platform_name']),
  },
  {
    id: 'no-attachments-in-bodies',
    profiles: C1,
    contract: '§3.1–§3.3',
    summary: '`attachments` is an unknown key.',
    body: onBody(['tickets.create', 'tickets.replace', 'tickets.update'], (fields) => omit(fields, ['attachments'])),
  },
  {
    id: 'types-in-exact-case',
    profiles: L,
    contract: '§4',
    summary: '`integration_type` is matched exactly: `JIRA` is refused with 422.',
    faults: (issues, { part, raw }) => {
      const word = isJsonObject(raw) ? raw['integration_type'] : undefined
      if (typeof word !== 'string' || word === word.trim().toLowerCase()) return issues
      return [...issues.filter(({ loc }) => loc[1] !== 'integration_type'), notALegacyType(part)]
    },
  },
  {
    id: 'fewer-limits',
    profiles: ALL,
    contract: '§2.1–§2.3',
    summary: '`webhook_secret` and `reason` may have any length, and `environment` may be blank.',
    faults: (issues) => issues.filter((issue) => !isUnknownLimit(issue)),
  },
]

/** Drops what no schema of a generation has. */
function knownOnly(generation: Generation): Pick<Hooks, 'body' | 'query'> {
  const known = (part: 'body' | 'query', { endpointId }: About): readonly string[] => {
    const schema = wireSchema(endpointId, part, generation)
    return schema === undefined ? [] : fieldsOf(schema)
  }
  return {
    body: (fields, about) => {
      const names = known('body', about)
      return Object.fromEntries(Object.entries(fields).filter(([name]) => names.includes(name)))
    },
    query: (pairs, about) => {
      const names = known('query', about)
      return pairs.filter(([name]) => names.includes(name))
    },
  }
}

function isUnknownLimit({ type, loc }: Issue): boolean {
  const [, field] = loc
  if (type === 'string_too_long') return field === 'webhook_secret' || field === 'reason'
  return type === 'string_too_short' && field === 'environment'
}

const notALegacyType = (part: Reading['part']): Issue => ({
  type: 'enum',
  loc: [part, 'integration_type'],
  msg: '`integration_type` must be one of the known types, in lower case',
  code: 'unknown_platform',
})
