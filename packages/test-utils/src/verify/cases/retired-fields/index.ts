import {
  type Change,
  categoryOf,
  ENDPOINT_IDS,
  type EndpointId,
  endpointOf,
  type JsonObject,
  LEGACY_INTEGRATION_TYPES,
  replacementRoute,
} from '@ai-ticket-creator/domain'
import { changesAccepting } from '@ai-ticket-creator/domain/internal'
import type { ContractCase } from '../../model/case.ts'
import type { Rows } from '../../model/case-context.ts'
import type { CaseRequest } from '../../model/case-request.ts'
import type { GivenName } from '../../model/precondition-names.ts'
import { FILE } from '../../model/preconditions.ts'
import { credentialsOf, integrationBody, ticketBody } from '../../model/request-bodies.ts'
import { SOURCES } from '../../model/spec-references.ts'
import { lineOf, rowOf } from '../sample-requests.ts'

const OTHER_FILE = 'a0000000-0000-4000-8000-0000000000f2'

/** The seconds that `Deprecation` says for a change. */
const since = ({ deprecated }: Change): string => `@${Date.parse(deprecated) / 1000}`

interface OldWord {
  readonly endpoint: EndpointId
  readonly change: Change
  readonly field: string
  readonly use: string
}

const inPart = (part: 'body' | 'query'): readonly OldWord[] =>
  ENDPOINT_IDS.filter((endpoint) => replacementRoute(endpoint) === undefined).flatMap((endpoint) =>
    changesAccepting(endpoint, part).flatMap((change) =>
      Object.entries(change.retired).map(([field, { replacement }]) => ({ endpoint, change, field, use: replacement })),
    ),
  )

/** What goes with an old word in a body, beside the word itself: what the endpoint needs anyway. */
function others({ endpoint }: OldWord, { tag }: Rows): JsonObject {
  if (endpoint === 'integrations.create') return { name: tag, platform_name: 'jira' }
  if (endpoint === 'tickets.create') return ticketBody(tag)
  if (endpoint === 'tickets.createWithAi') return { user_input: `${tag}: the export ends with an empty file` }
  return {}
}

/** A value that the old word can have; names are those of the integration that is given. */
function oldValue({ change, field }: OldWord, rows: Rows): unknown {
  if (change.kind === 'look-up') return rows.integration['name']
  return { is_enabled: false, integration_type: 'jira', status: 'inactive', file_ids: [FILE] }[field]
}

const withOldWord = (word: OldWord, rows: Rows): JsonObject => {
  const { platform_name: platform, ...rest } = others(word, rows)
  const body = word.field === 'integration_type' || platform === undefined ? rest : { ...rest, platform_name: platform }
  return { ...body, [word.field]: oldValue(word, rows) }
}

const givenFor = ({ endpoint, change }: OldWord): readonly GivenName[] => [
  ...(change.kind === 'look-up' ? (['an integration'] as const) : []),
  ...rowOf(endpoint),
]

/** The old words: read and marked by a transitional backend, refused by a current one. */
export const retired: readonly ContractCase[] = [
  ...inPart('body').map(
    (word): ContractCase => ({
      id: `${word.endpoint}/takes-${word.field}`,
      title: `${lineOf(word.endpoint)} takes \`${word.field}\`, and says to use \`${word.use}\``,
      endpoint: word.endpoint,
      source: SOURCES.moving,
      since: 'transitional',
      until: 'transitional',
      given: givenFor(word),
      request: (rows) => ({ endpoint: word.endpoint, body: withOldWord(word, rows) }),
      expect: {
        headers: {
          'Deprecated-Fields': `${word.field};use=${word.use}`,
          Deprecation: since(word.change),
          Link: new RegExp(`${word.change.id}>; rel="deprecation"$`),
        },
      },
    }),
  ),
  ...inPart('body').map(
    (word): ContractCase => ({
      id: `${word.endpoint}/refuses-${word.field}`,
      title: `${lineOf(word.endpoint)} refuses \`${word.field}\`, and names \`${word.use}\` instead`,
      endpoint: word.endpoint,
      source: SOURCES.moving,
      since: 'current',
      given: givenFor(word),
      request: (rows) => ({ endpoint: word.endpoint, body: withOldWord(word, rows) }),
      expect: { code: 'retired_field', at: `body.${word.field}`, replacement: word.use },
    }),
  ),
  ...inPart('query').map(
    (word): ContractCase => ({
      id: `${word.endpoint}/filters-by-${word.field}`,
      title: `${lineOf(word.endpoint)} filters by \`${word.field}\`, and says to use \`${word.use}\``,
      endpoint: word.endpoint,
      source: SOURCES.moving,
      since: 'transitional',
      until: 'transitional',
      // A name may mean several of the rows that are there already.
      ...(word.change.kind === 'look-up' ? { given: ['an integration'] } : { reads: true }),
      request: (rows) => ({ endpoint: word.endpoint, query: { [word.field]: oldValue(word, rows) } }),
      expect: {
        headers: {
          'Deprecated-Fields': `${word.field};use=${word.use}`,
          Deprecation: since(word.change),
          Link: new RegExp(`${word.change.id}>; rel="deprecation"`),
        },
      },
    }),
  ),
  ...inPart('query').map(
    (word): ContractCase => ({
      id: `${word.endpoint}/refuses-filter-${word.field}`,
      title: `${lineOf(word.endpoint)} refuses the filter \`${word.field}\`, and names \`${word.use}\` instead`,
      endpoint: word.endpoint,
      source: SOURCES.moving,
      since: 'current',
      reads: true,
      request: { endpoint: word.endpoint, query: { [word.field]: word.change.kind === 'look-up' ? 'x' : 'jira' } },
      expect: { code: 'retired_field', at: `query.${word.field}`, replacement: word.use },
    }),
  ),

  ...ENDPOINT_IDS.flatMap((endpoint) => {
    const moved = replacementRoute(endpoint)
    if (moved === undefined) return []
    const body = endpoint === 'tickets.assign' ? { assigned_to_id: null, reason: 'on leave' } : { status: 'open' }
    const { method, path } = endpointOf(moved.to)
    return [
      {
        id: `${endpoint}/deprecated`,
        title: `${lineOf(endpoint)} works, and says that it has moved`,
        endpoint,
        source: SOURCES.moving,
        since: 'transitional',
        until: 'transitional',
        given: ['a ticket'],
        request: { endpoint, body },
        expect: {
          headers: {
            Deprecation: since(moved.change),
            Link: new RegExp(`${moved.change.id}>; rel="deprecation"$`),
            'Deprecated-Fields': endpoint === 'tickets.assign' ? 'reason;use=assignment_reason' : undefined,
          },
        },
      },
      {
        id: `${endpoint}/retired`,
        title: `${lineOf(endpoint)} is gone, and says where to`,
        endpoint,
        gone: true,
        source: SOURCES.moving,
        since: 'current',
        given: ['a ticket'],
        request: { endpoint, body },
        expect: {
          code: 'retired_route',
          holds: ({ fields }) =>
            fields['replacement'] === `${method} ${path}`
              ? undefined
              : { expected: `\`replacement\`: ${method} ${path}`, actual: 'another word' },
        },
      },
    ] satisfies readonly ContractCase[]
  }),

  ...LEGACY_INTEGRATION_TYPES.map(
    (type): ContractCase => ({
      id: `integration-type/${type}`,
      title: `\`integration_type: ${type}\` becomes \`${categoryOf(type)}\` and \`${type}\``,
      endpoint: 'integrations.create',
      source: SOURCES.moving,
      until: 'transitional',
      request: ({ tag }) => ({
        endpoint: 'integrations.create',
        words: 'as written',
        body: { name: tag, integration_type: type, credentials: credentialsOf(tag, type) },
      }),
      expect: { body: { integration_category: categoryOf(type), platform_name: type } },
    }),
  ),
  {
    id: 'integration-type/forgiving',
    title: '`integration_type` is read in any case and with blanks around it',
    endpoint: 'integrations.create',
    source: SOURCES.moving,
    until: 'transitional',
    request: ({ tag }) =>
      ['JIRA', ' Jira '].map((word) => ({
        endpoint: 'integrations.create',
        words: 'as written',
        body: { name: tag, integration_type: word },
      })),
    expect: { body: { integration_category: 'ticketing', platform_name: 'jira' } },
  },
  {
    id: 'integration-type/unknown',
    title: 'An unknown `integration_type` is refused with the nearest word, and made to nothing else',
    endpoint: 'integrations.create',
    source: SOURCES.moving,
    until: 'transitional',
    request: ({ tag }) => ({
      endpoint: 'integrations.create',
      words: 'as written',
      body: { name: tag, integration_type: 'jirra' },
    }),
    expect: { code: 'unknown_platform', at: 'body.integration_type', replacement: 'jira' },
    next: [nothingCalled()],
  },
  {
    id: 'is-enabled/both-agree',
    title: 'Both spellings are taken when they agree',
    endpoint: 'integrations.create',
    source: SOURCES.moving,
    since: 'transitional',
    until: 'transitional',
    request: ({ tag }) => ({
      endpoint: 'integrations.create',
      body: {
        name: tag,
        platform_name: 'jira',
        integration_category: 'ticketing',
        integration_type: 'jira',
        enabled: false,
        is_enabled: false,
      },
    }),
    expect: {
      body: { enabled: false, status: 'inactive', platform_name: 'jira' },
      headers: { 'Deprecated-Fields': /^(?=.*is_enabled;use=enabled)(?=.*integration_type;use=platform_name)/ },
    },
  },
  {
    id: 'is-enabled/both-disagree',
    title: 'Both spellings are refused on create when they disagree, both names are told, and nothing is written',
    endpoint: 'integrations.create',
    source: SOURCES.moving,
    since: 'transitional',
    until: 'transitional',
    request: ({ tag }) => ({
      endpoint: 'integrations.create',
      body: { ...integrationBody(tag), enabled: true, is_enabled: false },
    }),
    expect: {
      code: 'conflicting_fields',
      at: 'body.enabled',
      replacement: 'enabled',
      headers: { 'Deprecated-Fields': 'is_enabled;use=enabled' },
      holds: ({ text }) =>
        text.includes('`enabled`') && text.includes('`is_enabled`')
          ? undefined
          : { expected: 'both names in the message', actual: 'another message' },
    },
    next: [nothingCalled()],
  },
  {
    id: 'integration-type/both-disagree',
    title: '`integration_type` and `platform_name` that disagree are refused on create',
    endpoint: 'integrations.create',
    source: SOURCES.moving,
    since: 'transitional',
    until: 'transitional',
    request: ({ tag }) => ({
      endpoint: 'integrations.create',
      body: { name: tag, platform_name: 'jira', integration_type: 'slack' },
    }),
    expect: { code: 'conflicting_fields', at: 'body.platform_name' },
    next: [nothingCalled()],
  },
  {
    id: 'is-enabled/old-client-flips',
    title: 'An old client that flips `is_enabled` and sends the whole reply back is understood',
    endpoint: 'integrations.update',
    source: SOURCES.moving,
    since: 'transitional',
    until: 'transitional',
    given: ['an integration'],
    request: ({ integration }) => ({
      endpoint: 'integrations.update',
      body: { ...integration, is_enabled: false, integration_type: 'jira' },
    }),
    expect: { body: { enabled: false, status: 'inactive' } },
  },
  {
    id: 'is-enabled/new-client-flips',
    title: 'A client that flips `enabled` and sends the old word back as it was is understood',
    endpoint: 'integrations.update',
    source: SOURCES.moving,
    since: 'transitional',
    until: 'transitional',
    given: ['a disabled integration'],
    request: ({ integration }) => ({
      endpoint: 'integrations.update',
      body: { ...integration, enabled: true, is_enabled: false, integration_type: 'jira' },
    }),
    expect: { body: { enabled: true, status: 'active' } },
  },
  {
    id: 'is-enabled/null',
    title: '`is_enabled: null` is refused where `enabled: null` is',
    endpoint: 'integrations.create',
    source: SOURCES.moving,
    until: 'transitional',
    request: ({ tag }) => ({
      endpoint: 'integrations.create',
      words: 'as written',
      body: { name: tag, integration_type: 'jira', is_enabled: null },
    }),
    expect: { code: 'validation_failed', at: 'body.is_enabled' },
  },
  {
    id: 'new-words/unknown-to-legacy',
    title: 'A legacy backend passes over the new words, and says so',
    endpoint: 'integrations.create',
    source: SOURCES.generations,
    until: 'legacy',
    request: ({ tag }) => ({
      endpoint: 'integrations.create',
      words: 'as written',
      body: { name: tag, integration_type: 'jira', enabled: false, platform_name: 'slack' },
    }),
    expect: {
      body: { enabled: true, platform_name: 'jira' },
      headers: { 'Ignored-Fields': /^(?=.*\benabled\b)(?=.*\bplatform_name\b)/ },
    },
  },
  {
    id: 'new-words/filters-unknown-to-legacy',
    title: 'A legacy backend passes over the new filters, and says so',
    endpoint: 'integrations.list',
    source: SOURCES.generations,
    until: 'legacy',
    reads: true,
    request: { endpoint: 'integrations.list', words: 'as written', query: { platform_name: 'jira' } },
    expect: { headers: { 'Ignored-Fields': 'platform_name' } },
  },
  {
    id: 'status-to-enabled/active',
    title: '`{"status": "active"}` enables, as `{"enabled": true}` does',
    endpoint: 'integrations.setStatus',
    source: SOURCES.moving,
    until: 'transitional',
    given: ['a disabled integration'],
    request: { endpoint: 'integrations.setStatus', words: 'as written', body: { status: 'active' } },
    expect: { body: { enabled: true, status: 'active' } },
  },
  {
    id: 'status-to-enabled/inactive',
    title: '`{"status": "inactive"}` disables',
    endpoint: 'integrations.setStatus',
    source: SOURCES.moving,
    until: 'transitional',
    given: ['an integration'],
    request: { endpoint: 'integrations.setStatus', words: 'as written', body: { status: 'inactive' } },
    expect: { body: { enabled: false, status: 'inactive' } },
  },
  ...['pending', 'error', 'expired', 'suspended', 'actve'].map(
    (word): ContractCase => ({
      id: `status-to-enabled/${word}`,
      title: `\`{"status": "${word}"}\` cannot be set`,
      endpoint: 'integrations.setStatus',
      source: SOURCES.moving,
      until: 'transitional',
      given: ['an integration'],
      request: { endpoint: 'integrations.setStatus', words: 'as written', body: { status: word } },
      expect: { code: 'status_not_settable', at: 'body.status', replacement: 'enabled' },
      next: [{ request: { endpoint: 'integrations.retrieve' }, expect: { body: { status: 'active' } } }],
    }),
  ),
  {
    id: 'file-ids/attachments',
    title: '`file_ids` become attachments, in their order',
    endpoint: 'tickets.create',
    source: SOURCES.moving,
    until: 'transitional',
    request: ({ tag }) => ({
      endpoint: 'tickets.create',
      words: 'as written',
      body: ticketBody(tag, { file_ids: [FILE, OTHER_FILE] }),
    }),
    expect: { body: { attachments: [{ file_id: FILE }, { file_id: OTHER_FILE }] } },
    next: [
      {
        request: ({ replies: [first] }) => ({
          endpoint: 'tickets.retrieve',
          params: { ticket_id: String(first?.fields['id']) },
        }),
        expect: { body: { attachments: [{ file_id: FILE }, { file_id: OTHER_FILE }] } },
      },
    ],
  },
  {
    id: 'file-ids/no-list',
    title: '`file_ids` that are no list of ids are refused by that name',
    endpoint: 'tickets.create',
    source: SOURCES.moving,
    until: 'transitional',
    request: ({ tag }) => ({
      endpoint: 'tickets.create',
      words: 'as written',
      body: ticketBody(tag, { file_ids: 'a-file' }),
    }),
    expect: { code: 'validation_failed', at: 'body.file_ids' },
  },
  {
    id: 'prefer-strict/refuses-and-says-so',
    title:
      'Under `Prefer: handling=strict` an old word is refused, and the reply says that the preference was followed',
    endpoint: 'integrations.create',
    source: SOURCES.headers,
    strict: true,
    request: ({ tag }) => ({
      endpoint: 'integrations.create',
      body: { name: tag, integration_type: 'jira' },
    }),
    expect: {
      code: 'retired_field',
      at: 'body.integration_type',
      headers: {
        'Preference-Applied': 'handling=strict',
        Vary: /Prefer/,
        'Deprecated-Fields': 'integration_type;use=platform_name',
      },
    },
    next: [nothingCalled()],
  },
  {
    id: 'prefer-strict/among-others',
    title: '`handling=strict` is found among other preferences, in any case and with quotes',
    endpoint: 'integrations.list',
    source: SOURCES.headers,
    since: 'transitional',
    until: 'transitional',
    reads: true,
    request: ['handling=strict', 'respond-async, Handling="strict"', 'wait=10;handling=strict'].map((prefer) => ({
      endpoint: 'integrations.list',
      query: { is_enabled: true },
      headers: { Prefer: prefer },
    })),
    expect: { code: 'retired_field', at: 'query.is_enabled', headers: { 'Preference-Applied': 'handling=strict' } },
  },
  {
    id: 'prefer-strict/other-preferences',
    title: 'Another preference changes nothing',
    endpoint: 'integrations.list',
    source: SOURCES.headers,
    since: 'transitional',
    until: 'transitional',
    reads: true,
    request: ['handling=lenient', 'x-handling=strict', 'handling=stricter'].map((prefer) => ({
      endpoint: 'integrations.list',
      query: { is_enabled: true },
      headers: { Prefer: prefer },
    })),
    expect: { headers: { 'Preference-Applied': undefined, 'Deprecated-Fields': 'is_enabled;use=enabled' } },
  },
  {
    id: 'prefer-strict/unknown-to-legacy',
    title: 'A legacy backend does not know `Prefer: handling=strict`',
    endpoint: 'integrations.list',
    source: SOURCES.generations,
    until: 'legacy',
    reads: true,
    request: { endpoint: 'integrations.list', query: { enabled: true }, headers: { Prefer: 'handling=strict' } },
    expect: { headers: { 'Preference-Applied': undefined, Deprecation: undefined } },
  },
  {
    id: 'deprecations/refusals-too',
    title: 'A refusal says of old words what a success says',
    endpoint: 'integrations.create',
    source: SOURCES.headers,
    since: 'transitional',
    until: 'transitional',
    request: ({ tag }) => ({
      endpoint: 'integrations.create',
      body: { name: tag, integration_type: 'jira', is_enabled: 'maybe' },
    }),
    expect: {
      code: 'validation_failed',
      at: 'body.is_enabled',
      headers: { Deprecation: /^@\d+$/, 'Deprecated-Fields': /is_enabled;use=enabled/, Link: /rel="deprecation"/ },
    },
  },
  {
    id: 'deprecations/not-found-too',
    title: 'A row that is not found does not hide that the request used old words',
    endpoint: 'integrations.update',
    source: SOURCES.headers,
    since: 'transitional',
    until: 'transitional',
    given: ['a deleted integration'],
    request: { endpoint: 'integrations.update', body: { is_enabled: true } },
    expect: { code: 'not_found', headers: { 'Deprecated-Fields': 'is_enabled;use=enabled' } },
  },
]

/** Nothing was written under the name of the case. */
function nothingCalled(): NonNullable<ContractCase['next']>[number] {
  return {
    request: ({ tag }): CaseRequest => ({ endpoint: 'integrations.list', query: { name: tag } }),
    expect: {
      holds: ({ current }) =>
        Array.isArray(current) && current.length === 0
          ? undefined
          : { expected: 'nothing is written', actual: 'a row is there' },
    },
  }
}
