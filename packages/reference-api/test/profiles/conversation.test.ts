import { ENDPOINT_IDS, endpointOf } from '@ai-ticket-creator/domain'
import { DEFAULT_USER, deviations, PROFILES, type Profile } from '@ai-ticket-creator/reference-api'
import { expect, test } from 'vitest'
import { differences, type Step, takeStep } from './conversation.ts'
import { integrationPath as I, ticketPath as T, unknownId } from './test-deviation.ts'

// Deviations with differences in many replies, and the paths of the differences.
const everywhere: Readonly<Record<string, RegExp>> = {
  'no-generation-header': /^headers\.api-(generation|capabilities)$/,
  'no-request-ids': /^headers\.x-request-id$/,
  'no-versions': /^headers\.etag$/,
  'no-cursors': /^headers\.link$/,
  'unknown-keys-ignored': /^headers\.ignored-fields$/,
  'unknown-and-old-keys-ignored': /^headers\.ignored-fields$/,
  'errors-without-code': /^json\.(detail\.\d+\.)?(code|reason|candidates|replacement)$/,
  'validation-echoes-input': /^json\.detail\.\d+\.(input|ctx)$/,
  'allow-of-the-first-route': /^headers\.allow$/,
  'context-of-items': /^json\.detail\.\d+\.ctx$/,
  'no-time-of-credentials': /^json(\.\d+)?\.credentials_updated_at$/,
  'no-enabled-in-replies': /^json(\.\d+)?\.is_enabled$/,
  'no-integration-id': /^json(\.ticket|\.items\.\d+)?\.(integration_id|integration_name)$/,
  'older-form-of-replies':
    /^json(\.ticket|\.items\.\d+)?\.(assigned_to_id|attachments|assignee|files|external_ticket_(id|url))$/,
  'empty-routing': /^json(\.ticket|\.items\.\d+)?\.integration_routing$/,
  'files-never-null': /^json(\.ticket|\.items\.\d+)?\.files$/,
  'never-overdue': /\.is_overdue$/,
  'no-analysis-on-tickets': /^json(\.ticket|\.items\.\d+)?\.ai_analysis$/,
}

const jira = {
  current: {
    name: 'Jira',
    integration_category: 'ticketing',
    platform_name: 'jira',
    credentials: { url: 'u', email: 'e', api_token: 't', api_key: 'k' },
  },
  legacy: {
    name: 'Jira',
    integration_type: 'jira',
    credentials: { url: 'u', email: 'e', api_token: 't', api_key: 'k' },
  },
}
const ticket = { title: 'Printer', description: 'It burns' }
const named = { ...ticket, integration_id: 'aaaaaaaa-0000-4000-8000-000000000001' }
const namedOld = { ...ticket, integration: 'Stored' }
const full = {
  assigned_to_id: DEFAULT_USER.id,
  department: 'IT',
  internal_notes: 'Note',
  resolution_summary: 'Done',
  custom_fields: { a: 1 },
  attachments: [{ file_id: unknownId }],
}
const filed = {
  integration_id: named.integration_id,
  integration_result: { success: true, integration_id: named.integration_id, external_ticket_id: 'JIRA-7' },
}
const base_url = 'https://one.example.test'

const PENDING = /^(json|stored\.integrations\.0)\.(status|due_checks(\.\d)?|checks_due_at)$/

const steps: readonly Step[] = [
  { line: 'GET /nowhere' },
  { line: 'DELETE /integrations/', causes: { '405-text': /^json\.detail$/ } },
  {
    line: 'GET /integrations/',
    headers: { Authorization: '' },
    causes: { '401-texts': /^json\.detail$/, '401-text': /^json\.detail$/ },
  },

  { line: 'POST /integrations/', body: jira.current, old: jira.legacy, causes: { 'create-is-pending': PENDING } },
  {
    line: 'POST /integrations/?colour=red',
    body: { ...jira.current, is_enabled: false, colour: 'red' },
    old: { ...jira.legacy, colour: 'red' },
    causes: { 'unknown-and-old-keys-ignored': 200, 'create-is-pending @L': PENDING },
  },
  {
    line: 'POST /integrations/',
    body: { ...jira.current, enabled: false },
    old: { ...jira.legacy, is_enabled: false },
    causes: { 'create-is-pending': /(status|enabled)$/ },
  },
  {
    line: 'POST /integrations/',
    body: { ...jira.current, integration_category: undefined },
    causes: { 'category-required': 422 },
  },
  {
    line: 'POST /integrations/',
    body: { ...jira.current, auth_type: 'custom', credentials: undefined },
    old: { ...jira.legacy, auth_type: 'custom', credentials: undefined },
    causes: { 'credentials-required': 422 },
  },
  {
    line: 'POST /integrations/',
    body: { ...jira.current, platform_name: 'pigeon', integration_category: 'crm' },
    old: jira.legacy,
    causes: { 'platform-is-free-text': 200, 'create-is-pending @L': PENDING },
  },
  {
    line: 'POST /integrations/',
    body: { ...jira.current, region: 'r'.repeat(51) },
    old: { ...jira.legacy, region: 'r'.repeat(51) },
    causes: { 'long-columns-fail': 500 },
  },
  {
    line: 'POST /integrations/',
    body: { ...jira.current, auth_type: 'basic', credentials: { email: 'e', api_token: 't' } },
    old: { ...jira.legacy, auth_type: 'basic', credentials: { email: 'e', api_token: 't' } },
    causes: {
      'credentials-by-auth-type': /^json\.detail/,
      'credentials-by-auth-type-without-exception': /^json\.detail/,
    },
  },
  {
    line: 'POST /integrations/',
    body: { ...jira.current, credentials: { api_token: 't' } },
    old: { ...jira.legacy, credentials: { email: 'e', api_token: 't', api_key: 'k' } },
    causes: { 'credentials-by-auth-type @C': /^json\.detail/, 'credentials-by-platform-with-jira-url @L': 400 },
  },
  {
    line: 'POST /integrations/',
    body: { ...jira.current, auth_type: 'custom', credentials: {} },
    old: { ...jira.legacy, auth_type: 'custom', credentials: {} },
    causes: { 'credentials-by-platform': 400, 'credentials-by-platform-with-jira-url': 400 },
  },
  {
    line: 'POST /integrations/',
    body: { ...jira.current, credentials: { ...jira.current.credentials, more: '' } },
    old: { ...jira.legacy, credentials: { ...jira.legacy.credentials, more: '' } },
    causes: { 'empty-credentials-not-stored': /credentials\.more$/, 'create-is-pending': PENDING },
  },
  {
    line: 'POST /integrations/',
    body: { ...jira.current, environment: null },
    old: { ...jira.legacy, environment: null },
    causes: { 'create-takes-null': 422 },
  },
  {
    line: 'POST /integrations/',
    body: { ...jira.current, webhook_secret: 's'.repeat(300), environment: '' },
    old: { ...jira.legacy, webhook_secret: 's'.repeat(300), environment: '' },
    causes: { 'fewer-limits': 200 },
  },
  {
    line: 'POST /integrations/',
    body: jira.current,
    old: { ...jira.legacy, integration_type: 'JIRA' },
    causes: { 'types-in-exact-case': 422, 'create-is-pending @C': PENDING },
  },

  { line: 'GET /integrations/' },
  { line: 'GET /integrations/?limit=1', another: { id: unknownId } },
  { line: 'GET /integrations/?limit=0' },
  { line: 'GET /integrations/?sort_by=colour', causes: { 'unknown-order-fails': 500 } },
  { line: 'GET /integrations/?name=S_ored', causes: { 'name-filter-has-wildcards': /^json\.0$/ } },
  { line: 'GET /integrations/?platform_name=slack', causes: { 'no-platform-filter': /^json\.0$/ } },
  { line: 'GET /integrations/?cursor=7', causes: { 'no-cursors': 200 } },
  { line: 'GET /integrations/active', causes: { 'active-is-shadowed': 422 } },
  { line: `GET ${I}`, integration: { credentials_updated_at: '2025-09-01T08:00:00.000000Z' } },
  { line: 'GET /integrations/7' },
  { line: `GET /integrations/${unknownId}` },

  { line: `PUT ${I}`, body: { name: 'B' }, causes: { 'update-fails-after-saving': 500 } },
  {
    line: `PUT ${I}`,
    body: { credentials: { email: 'e', api_token: 't' }, webhook_secret: 's' },
    causes: {
      'update-fails-after-saving': /^(status|json)/,
      'update-drops-secrets': /^stored\.integrations\.0\.(credentials|webhook_secret|due_checks|checks_due_at)/,
    },
  },
  {
    line: `PUT ${I}`,
    body: { enabled: false },
    old: { is_enabled: false },
    causes: {
      'update-fails-after-saving': /^(status|json)/,
      'update-keeps-status': /^stored\.integrations\.0\.status$/,
      'no-enabled-in-bodies': /^stored\.integrations\.0\.(status|enabled)$/,
    },
  },
  { line: `PUT ${I}`, body: { name: null }, causes: { 'update-takes-null': 500 } },

  {
    line: `PATCH ${I}/status`,
    body: { enabled: true },
    old: { status: 'active' },
    causes: { 'enabling-is-not-activating': /(status|_due_at|due_checks\.\d)$/ },
  },
  {
    line: `PATCH ${I}/status`,
    body: { enabled: false, reason: 'Moved' },
    old: { status: 'inactive', reason: 'Moved' },
  },
  {
    line: `PATCH ${I}/status`,
    body: { status: 'inactive' },
    old: { status: 'expired' },
    causes: { 'status-call-without-enabled': 200, 'status-set-directly': 200 },
  },

  { line: `POST ${I}/test`, body: {}, integration: { base_url, status: 'pending' } },
  {
    line: `POST ${I}/test`,
    body: { test_types: [] },
    integration: { base_url },
    causes: { 'test-types-may-be-empty': 200 },
  },
  {
    line: `POST ${I}/test`,
    body: {},
    integration: { status: 'error', base_url },
    causes: { 'test-moves-pending-only': /(status|activation_triggered|updated_at)$/ },
  },
  {
    line: `POST ${I}/test`,
    body: {},
    causes: {
      'test-of-jira-only':
        /^(json\.(success|details\.\w+|error_message|activation_triggered|\w+_status)|stored\..*health_check\w*)$/,
    },
  },
  { line: `POST ${I}/sync`, body: { sync_type: 'full' }, causes: { 'sync-always-fails': 500 } },
  { line: `POST ${I}/activate`, causes: { 'activate-only-from-pending': 400 } },
  { line: `POST ${I}/activate`, integration: { status: 'pending' }, causes: { 'activate-only-from-pending': /due/ } },
  { line: `GET ${I}/fields?search=s` },
  { line: `GET ${I}/fields`, integration: { platform_name: 'slack' }, causes: { 'fields-of-jira-only': 400 } },
  { line: `DELETE ${I}` },
  { line: `DELETE ${I}`, headers: { 'If-Match': '"7"' }, causes: { 'no-versions': 200 } },

  { line: 'GET /tickets/', ticket: full, causes: { 'short-items': /^json\.items\.0\.\w+$/ } },
  { line: 'GET /tickets/?priority=asleep', causes: { 'filters-in-a-body': 200 } },
  {
    line: `GET /tickets/?integration_id=${unknownId}`,
    causes: { 'integration-filter-ignored': /^json/, 'short-items @L': /^json\.items/ },
  },
  {
    line: 'GET /tickets/?integration=Lost',
    causes: { 'integration-filter-ignored @L': 200, 'unknown-and-old-keys-ignored': 200 },
  },
  { line: 'GET /tickets/?source_channel=phone', causes: { 'filters-without-effect': /^json/ } },
  {
    line: 'GET /tickets/?is_overdue=false',
    ticket: { sla_due_date: '2025-09-02T00:00:00.000000Z' },
    causes: { 'not-overdue-is-no-filter': /^json/ },
  },
  {
    line: 'GET /tickets/',
    headers: { Authorization: '' },
    causes: {
      'tickets-without-token': 200,
      '401-texts @C': /^json\.detail$/,
      '401-text': /^json\.detail$/,
    },
  },

  { line: 'POST /tickets/', body: ticket },
  { line: 'POST /tickets/', body: { title: 'A' } },
  {
    line: 'POST /tickets/',
    body: named,
    old: namedOld,
    causes: {
      'response-of-jira': /response/,
      'result-without-platform': /^json\.integration_result\.platform_name$/,
      'result-with-name': /^json\.integration_result\.(integration_name|integration_id|platform_name)$/,
    },
  },
  {
    line: 'POST /tickets/',
    body: { ...ticket, integration_name: 'Stored' },
    causes: {
      'unknown-and-old-keys-ignored': 201,
      'only-integration-field':
        /^(json\.(integration_result|external_ticket_\w+)|stored\.(tickets\.\d\.integration_\w+|integrations\.0\.\w+))$/,
    },
  },
  {
    line: 'POST /tickets/',
    body: { ...ticket, priority: 'low' },
    old: { ...ticket, priority: null },
    causes: { 'priority-not-null': 422 },
  },
  {
    line: 'POST /tickets/',
    body: ticket,
    old: { ...ticket, file_ids: [unknownId] },
    causes: { 'files-are-dropped @L': /(attachments|files\.0)$/ },
  },
  {
    line: 'POST /tickets/',
    body: named,
    old: namedOld,
    integration: { status: 'inactive', enabled: false },
    causes: { 'unusable-integration-is-400': 400 },
  },
  {
    line: 'POST /tickets/',
    body: named,
    old: namedOld,
    integration: { enabled: false },
    causes: { 'usable-means-enabled': 400 },
  },
  {
    line: 'POST /tickets/',
    body: named,
    old: namedOld,
    integration: { platform_name: 'slack' },
    causes: { 'only-jira-files-tickets': 400, 'failed-creation-is-400': 400 },
  },
  {
    line: 'POST /tickets/',
    body: { ...named, create_externally: false },
    old: { ...namedOld, create_externally: false, integration: 'Lost' },
    integration: { status: 'suspended' },
    causes: { 'internal-ticket-takes-any-integration @C': 201, 'internal-ticket-takes-any-integration @L': 500 },
  },
  {
    line: 'POST /tickets/',
    body: { ...ticket, assigned_to_id: unknownId },
    causes: { 'unknown-assignee-fails': 500 },
  },
  {
    line: 'POST /tickets/ai-create',
    body: { user_input: 'It burns' },
    causes: { 'drafting-always-fails': 500 },
  },

  {
    line: 'GET /tickets/stats/overview',
    ticket: { resolved_at: '2025-09-02T00:00:00.000000Z' },
    causes: { 'averages-always-null': /^json\.avg/, 'statistics-of-all-organizations': /_distribution\./ },
  },
  {
    line: `GET ${T}`,
    ticket: { ...full, ...filed, sla_due_date: '2025-09-02T00:00:00.000000Z' },
    causes: { 'result-on-create-only': /^json\.integration_result$/ },
  },
  { line: `PUT ${T}`, body: { title: 'B', age_in_hours: 7 } },
  {
    line: `PUT ${T}`,
    body: { title: 'B', id: unknownId },
    causes: { 'unknown-keys-ignored': 200, 'unknown-and-old-keys-ignored': 200 },
  },
  {
    line: `PUT ${T}`,
    body: { title: 'B', department: null },
    ticket: full,
    causes: {
      'put-leaves-null-alone @C': /\.department$/,
      'put-wipes': /\.(assigned_to_id|internal_notes|resolution_summary|custom_fields)$|attachments/,
    },
  },
  { line: `PUT ${T}`, body: { status: 'resolved' }, causes: { 'put-needs-no-summary': 200 } },
  {
    line: `PUT ${T}`,
    body: { status: 'resolved', resolution_summary: 'Done' },
    causes: { 'put-sets-no-times': /(resolved_at|resolution_time_\w+)$/ },
  },
  {
    line: `PUT ${T}`,
    body: { attachments: [{ file_id: unknownId }] },
    old: { title: 'B' },
    causes: { 'no-attachments-in-bodies': /attachments$/ },
  },
  {
    line: `PUT ${T}`,
    body: { integration_id: named.integration_id },
    old: { integration: 'Stored' },
    integration: { status: 'suspended' },
    causes: { 'put-takes-any-integration @C': 200, 'put-takes-any-integration @L': 500 },
  },

  {
    line: `PATCH ${T}`,
    body: { title: 't'.repeat(201) },
    causes: { 'patch-has-tighter-limits': 422, '405-text @L': /^json\.detail$/ },
  },
  {
    line: `PATCH ${T}`,
    body: { department: null },
    ticket: full,
    causes: { 'patch-drops-nulls': 400, '405-text @L': /^json\.detail$/ },
  },
  {
    line: `PATCH ${T}`,
    body: { tags: ['a'], due_date: '2025-10-01T00:00:00Z' },
    causes: { 'patch-ignores-fields': /(tags\.0|sla_due_date)$/, '405-text @L': /^json\.detail$/ },
  },
  {
    line: `PATCH ${T}`,
    body: { status: 'closed' },
    causes: {
      'missing-summary-is-a-rule-of-the-body @C': /^json\.detail\.0\.(loc\.1|type)$/,
      '405-text @L': /^json\.detail$/,
    },
  },
  {
    line: `PATCH /tickets/${unknownId}`,
    body: { title: 'B' },
    causes: { 'patch-404-text': /^json\.detail$/, '405-text @L': /^json\.detail$/ },
  },
  {
    line: `PATCH ${T}/status`,
    body: { status: 'closed' },
    causes: {
      'removed-ticket-routes': 404,
      'missing-summary-is-a-rule-of-the-body @L': /^json\.detail\.0\.(loc\.1|type)$/,
    },
  },
  { line: `PATCH ${T}/assign`, body: { assigned_to_id: DEFAULT_USER.id }, causes: { 'removed-ticket-routes': 404 } },
  {
    line: `POST ${T}/attachments`,
    body: { attachments: [{ file_id: unknownId }] },
    old: { file_ids: [unknownId] },
    causes: { 'no-attachment-routes': 404, 'attachments-by-file-ids': 500, 'attachments-fail-after-saving': 500 },
  },
  {
    line: `GET ${T}/attachments`,
    ticket: full,
    causes: { 'no-attachment-routes': 404, 'attachments-as-files': /^json\.0/ },
  },
  {
    line: `GET /tickets/${unknownId}/attachments`,
    causes: { 'no-attachment-routes': /^json\.detail$/, 'attachments-of-any-organization': 200 },
  },
  {
    line: `PATCH ${T}`,
    body: { status: 'closed', resolution_summary: 'Done' },
    causes: { 'patch-sets-no-times': /(resolved_at|closed_at|resolution_time_\w+)$/, '405-text @L': /^json\.detail$/ },
  },
  { line: 'GET /tickets', causes: { 'absolute-redirects': /^headers\.location$/ } },
  { line: 'GET /tickets/?q=S_ored', causes: { 'q-has-wildcards': /^json/ } },
  {
    line: 'GET /integrations/',
    integration: { description: 'D' },
    causes: { 'no-descriptions-in-lists': /^json\.0\.description$/ },
  },
  { line: `DELETE ${T}` },

  { line: 'HEAD /tickets/', causes: { 'no-head': /^(status|headers)/ } },
  {
    line: 'POST /tickets/',
    body: { ...ticket, title: ' ' },
    causes: { 'types-of-its-own': /^json\.detail\.0\.type$/ },
  },
  {
    line: 'POST /tickets/',
    body: ticket,
    headers: { 'Content-Type': 'text/plain' },
    causes: { 'other-media-types-are-422': 422 },
  },
  {
    line: 'POST /tickets/',
    body: { ...named, create_externally: 'no' },
    old: { ...namedOld, create_externally: 'no' },
    causes: { 'numbers-and-booleans-as-text': 201 },
  },
  { line: 'GET /tickets/?created_after=2025-01-01', causes: { 'dates-as-times': 200 } },
  { line: `GET ${T.replaceAll('-', '')}`, causes: { 'other-forms-of-ids': 200 } },
  {
    line: 'POST /integrations/',
    body: { ...jira.current, integration_category: 'TICKETING' },
    old: jira.legacy,
    causes: { 'category-is-an-enum': /^json/, 'create-is-pending @L': PENDING },
  },
  {
    line: 'POST /integrations/',
    body: { ...jira.current, base_url: 'HTTPS://x.example.test' },
    old: { ...jira.legacy, base_url: 'HTTPS://x.example.test' },
    causes: { 'schemes-in-lower-case': 422 },
  },
  { line: 'POST /tickets/', body: '{"title":', causes: { 'json-faults-have-a-position': /^json\.detail\.0\.loc/ } },
  { line: 'GET /tickets/ai-create', causes: { 'ai-create-is-read-as-an-id': 422 } },
  {
    line: `PATCH /tickets/${unknownId}`,
    body: { title: '' },
    causes: { 'bodies-before-rows @C': 422, '405-text @L': /^json\.detail$/ },
  },
]

// Each profile answers every step on two apps: more than the default time on a busy machine.
test.each(PROFILES)(
  '%s differs from the reference only as its deviations predict',
  { timeout: 60_000 },
  async (profile) => {
    const mistakes: string[] = []
    for (const step of steps) mistakes.push(...(await findMistakes(step, profile)))

    expect(mistakes).toEqual([])
  },
)

/** Differences that no deviation predicts, and predictions without a difference. */
async function findMistakes(step: Step, profile: Profile): Promise<readonly string[]> {
  const { found, status } = await compare(step, profile)
  const predictions = Object.entries(step.causes ?? {}).filter(([prediction]) => {
    const [id = '', only] = prediction.split(' @')
    return hasDeviation(id, profile) && (only === undefined || (only === 'L') === (profile === 'existing-legacy'))
  })

  const special = found.filter((place) => !isMadeEverywhere(place, profile))
  const unpredicted = special.filter((place) => !predictions.some(([, prediction]) => placesOf(prediction).test(place)))
  const withoutEffect = predictions.filter(
    ([, prediction]) => !special.some((place) => placesOf(prediction).test(place)),
  )
  const wrongStatuses = predictions.filter(([, prediction]) => typeof prediction === 'number' && prediction !== status)
  return [
    ...unpredicted.map((place) => `${step.line}: ${place} differs, and no deviation predicts it`),
    ...withoutEffect.map(([id]) => `${step.line}: ${id} makes no difference`),
    ...wrongStatuses.map(([id, prediction]) => `${step.line}: ${id} leads to ${status}, not to ${String(prediction)}`),
  ]
}

interface Comparison {
  readonly found: readonly string[]
  readonly status: number
}

// Two tests use the same outcomes.
const compared = new Map<string, Promise<Comparison>>()

function compare(step: Step, profile: Profile): Promise<Comparison> {
  const name = `${profile} ${steps.indexOf(step)}`
  const comparison = compared.get(name) ?? compareNow(step, profile)
  compared.set(name, comparison)
  return comparison
}

async function compareNow(step: Step, profile: Profile): Promise<Comparison> {
  const generation = profile === 'existing-legacy' ? 'legacy' : 'current'
  const [reference, existing] = [await takeStep(step, { generation }), await takeStep(step, { profile })]
  return { found: differences(reference, existing), status: existing.status }
}

const hasDeviation = (id: string, profile: Profile): boolean =>
  deviations.some((row) => row.id === id && row.profiles.includes(profile))

const isMadeEverywhere = (place: string, profile: Profile): boolean =>
  Object.entries(everywhere).some(([id, places]) => hasDeviation(id, profile) && places.test(place))

/** With another status, the reply and the stored rows differ as a whole. */
const placesOf = (prediction: RegExp | number): RegExp =>
  typeof prediction === 'number' ? /^(status|json|stored|headers\.(allow|www-authenticate|content-type))/ : prediction

test.each(PROFILES)('%s: deviations with differences in many replies show in at least one step', async (profile) => {
  const differing = new Set<string>()
  for (const step of steps) for (const place of (await compare(step, profile)).found) differing.add(place)

  const ofProfile = Object.entries(everywhere).filter(([id]) => hasDeviation(id, profile))
  expect(
    ofProfile.filter(([, places]) => ![...differing].some((place) => places.test(place))).map(([id]) => id),
  ).toEqual([])
})

test('the steps cover every endpoint', () => {
  const reached = (method: string, path: string): boolean => {
    const pattern = new RegExp(`^${method} ${path.replace(/\{\w+\}/g, '[0-9a-f-]{36}')}(\\?|$)`)
    return steps.some(({ line }) => pattern.test(line))
  }

  expect(ENDPOINT_IDS.filter((id) => !reached(endpointOf(id).method, endpointOf(id).path))).toEqual([])
})

test('predictions name existing deviations', () => {
  const predicted = [...Object.keys(everywhere), ...steps.flatMap(({ causes = {} }) => Object.keys(causes))].map(
    (prediction) => prediction.split(' @')[0],
  )

  expect(predicted.filter((id) => !deviations.some((row) => row.id === id))).toEqual([])
})

test('only deviations that need a port, a clock or a second request are not covered', () => {
  const predicted = [...Object.keys(everywhere), ...steps.flatMap(({ causes = {} }) => Object.keys(causes))].map(
    (prediction) => prediction.split(' @')[0],
  )
  const notCovered = deviations.filter(
    ({ id, notReproduced }) => notReproduced === undefined && !predicted.includes(id),
  )

  expect(notCovered.map(({ id }) => id)).toEqual([
    'rate-limit-of-its-own-shape',
    'no-idempotency-keys',
    'failures-of-routes',
    'failures-outside-of-routes',
    'test-reply-is-sparse',
    'test-data-for-new-tickets-only',
    'test-data-for-projects-and-new-tickets-only',
    'no-checks-by-themselves',
    'integrations-without-stable-order',
    'lost-answer-is-a-failure',
    'failures-count-alike',
    'assignees-of-any-organization',
    'tickets-without-stable-order',
  ])
})
