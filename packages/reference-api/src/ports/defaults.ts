import type { User } from '@ai-ticket-creator/domain'
import type {
  Caller,
  Clock,
  Drafter,
  ExternalTickets,
  HealthChecks,
  IdGenerator,
  PlatformFields,
  Sync,
  UserDirectory,
} from './ports.ts'

/** A deterministic clock: it starts at a given time and advances by one millisecond with each reading. */
export function steppingClock(start = '2025-09-06T12:00:00Z'): Clock {
  let now = Date.parse(start)
  return () => new Date(now++)
}

/** Deterministic UUIDs that count up. */
export function sequentialIds(): IdGenerator {
  let last = 0
  return () => `00000000-0000-4000-8000-${String(++last).padStart(12, '0')}`
}

/** Request ids that count up. */
export function requestCounter(): IdGenerator {
  let last = 0
  return () => `req-${++last}`
}

/** A user with organization and bearer token. */
export interface AppUser {
  readonly id: string
  readonly email: string
  readonly display_name: string
  readonly full_name?: string | null
  readonly avatar_url?: string | null
  readonly organization_id: string
  readonly token: string
}

/** The only user of an app without the option `users`; the token is `test-token`. */
export const DEFAULT_USER: AppUser = {
  id: '10000000-0000-4000-8000-000000000001',
  email: 'agent@example.test',
  display_name: 'Agent',
  organization_id: '20000000-0000-4000-8000-000000000001',
  token: 'test-token',
}

/** A user directory over a list. */
export function createUserDirectory(users: readonly AppUser[]): UserDirectory {
  const callers = new Map(users.map((user) => [user.token, toCaller(user)]))
  return {
    authenticate: async (token) => callers.get(token),
    organizations: async () => [...new Set(users.map(({ organization_id }) => organization_id))],
    find: async (organizationId, userId) =>
      [...callers.values()].find((caller) => caller.organizationId === organizationId && caller.user.id === userId)
        ?.user,
  }
}

/** The caller for a user: the organization, and the user without the token. */
export function toCaller({
  id,
  email,
  display_name,
  full_name = null,
  avatar_url = null,
  organization_id,
}: AppUser): Caller {
  const user: User = { id: id.toLowerCase(), email, full_name, display_name, avatar_url }
  return { organizationId: organization_id, user }
}

/** Platforms that accept every ticket and number them: JIRA-1, JIRA-2, SLACK-1, … */
export function acceptingPlatforms(): ExternalTickets {
  const counts = new Map<string, number>()
  return async (_ticket, integration) => {
    const count = (counts.get(integration.platform_name) ?? 0) + 1
    counts.set(integration.platform_name, count)
    const id = `${integration.platform_name.toUpperCase()}-${count}`
    const base = integration.base_url ?? `https://${integration.platform_name}.example.test`
    return { outcome: 'created', id, url: `${base.replace(/\/$/, '')}/tickets/${id}`, response: { id } }
  }
}

/** Every check passes. */
export const healthyPlatforms: HealthChecks = async () => ({ outcome: 'passed' })

/** A synchronization without records. */
export const nothingToSync: Sync = async () => ({
  outcome: 'completed',
  processed: 0,
  created: 0,
  updated: 0,
  failed: 0,
})

/** The fields of Jira's tickets; other platforms have none (existing backend: fields of an integration). */
export const jiraFields: PlatformFields = async ({ platform_name }) =>
  platform_name === 'jira' ? JIRA_FIELDS : undefined

const JIRA_FIELDS = [
  { id: 'summary', name: 'Summary', custom: false },
  { id: 'description', name: 'Description', custom: false },
  { id: 'priority', name: 'Priority', custom: false },
  { id: 'labels', name: 'Labels', custom: false },
  { id: 'customfield_10001', name: 'Team', custom: true },
  { id: 'customfield_10002', name: 'Story Points', custom: true },
]

/** Drafts a ticket from the text as it is: the first line becomes the title. */
export const plainDrafter: Drafter = async ({ user_input: text }) => ({
  ticket: { title: toTitle(text), description: text },
  analysis: {
    confidence_score: null,
    reasoning: null,
    tags: null,
    keywords: null,
    similar_patterns: null,
    sentiment: null,
    business_impact: null,
  },
  confidence: 0,
  suggestedActions: [],
  fileSummary: null,
})

function toTitle(text: string): string {
  const [line = ''] = text.trim().split(/\r\n|\r|\n/)
  return [...line].slice(0, 100).join('').trim()
}
