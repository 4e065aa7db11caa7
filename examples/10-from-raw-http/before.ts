// The shop connects Jira, files a bug, starts to work on it, and counts such tickets. It calls the API with `fetch`.
import { strict as assert } from 'node:assert'

const { BASE_URL = '', TOKEN = '' } = process.env

interface Integration {
  readonly id: string
  readonly status: string
  readonly integration_type: string
}

interface Ticket {
  readonly id: string
  readonly title: string
  readonly status: string
  readonly external_ticket_id: string | null
}

class HttpError extends Error {
  override readonly name = 'HttpError'
  readonly status: number
  constructor(status: number, text: string) {
    super(`the API answered ${status}: ${text}`)
    this.status = status
  }
}

async function call<Reply>(method: string, path: string, body?: object): Promise<Reply> {
  for (let attempt = 1; ; attempt += 1) {
    const response = await fetch(`${BASE_URL}/api/v1${path}`, {
      method,
      headers: { Authorization: `Bearer ${TOKEN}`, 'Content-Type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
      signal: AbortSignal.timeout(10_000),
    })
    if (response.status === 503 && attempt < 3) continue

    const text = await response.text()
    if (!response.ok) throw new HttpError(response.status, text)
    return JSON.parse(text) as Reply
  }
}

const jira = await call<Integration>('POST', '/integrations/', {
  name: 'JIRA Production',
  integration_type: 'jira',
  is_enabled: true,
  auth_type: 'custom',
  credentials: { email: 'bot@example.test', api_token: 'jira-token', url: 'https://example.atlassian.net' },
})
assert.equal(jira.integration_type, 'jira')
// Deployed backends create integrations as `pending`. A pending integration files no tickets until it is activated.
if (jira.status === 'pending') await call('POST', `/integrations/${jira.id}/activate`)

const ticket = await call<Ticket>('POST', '/tickets/', {
  title: 'Bug Report',
  description: 'The basket loses its items.',
  integration_name: 'JIRA Production',
})

await call('PATCH', `/tickets/${ticket.id}/status`, { status: 'in_progress' })

async function find(id: string): Promise<Ticket | undefined> {
  try {
    return await call<Ticket>('GET', `/tickets/${id}`)
  } catch (error) {
    if (error instanceof HttpError && error.status === 404) return undefined
    throw error
  }
}

const filed = await find(ticket.id)
assert.equal(filed?.external_ticket_id, 'JIRA-1')

const started: Ticket[] = []
for (let page = 1; ; page += 1) {
  const { items, has_next } = await call<{ items: Ticket[]; has_next: boolean }>(
    'GET',
    `/tickets/?status=in_progress&page=${page}&size=50`,
  )
  started.push(...items)
  if (!has_next) break
}
assert.equal(started.length, 1)
console.log(`${filed?.external_ticket_id} is filed, ${started.length} ticket is in progress`)
