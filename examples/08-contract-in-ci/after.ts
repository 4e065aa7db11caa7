// A helpdesk: a customer's report becomes a ticket in the team's tracker. It makes its own requests, without the SDK.
export interface Connection {
  readonly baseUrl: string
  readonly token: string
  readonly fetch: typeof globalThis.fetch
}

interface Tracker {
  readonly id: string
  readonly name: string
}

/** The enabled tracker. The first call creates it. */
export async function findTracker({ baseUrl, token, fetch }: Connection): Promise<Tracker> {
  const url = `${baseUrl}/api/v1/integrations/`
  const [found] = await read<Tracker[]>(fetch(`${url}?enabled=true`, get(token)))
  if (found !== undefined) return found
  return await read(fetch(url, post(token, { name: 'JIRA Production', platform_name: 'jira', enabled: true })))
}

/** Files a report, and returns where the customer finds it. */
export async function fileReport(connection: Connection, subject: string, text: string): Promise<string> {
  const { baseUrl, token, fetch } = connection
  const tracker = await findTracker(connection)
  const ticket = { title: subject, description: text, integration_id: tracker.id }
  const { id } = await read<{ id: string }>(fetch(`${baseUrl}/api/v1/tickets/`, post(token, ticket)))
  return `${tracker.name}: ${id}`
}

const get = (token: string) => ({ headers: { Authorization: `Bearer ${token}` } })

const post = (token: string, body: object) => ({
  method: 'POST',
  headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
  body: JSON.stringify(body),
})

async function read<T>(sent: Promise<Response>): Promise<T> {
  const response = await sent
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
  // The service relies on this shape. The verification checks that the backend keeps it.
  return (await response.json()) as T
}

if (import.meta.main) {
  const { BASE_URL = '', TOKEN = '' } = process.env
  const connection = { baseUrl: BASE_URL, token: TOKEN, fetch }
  console.log(await fileReport(connection, 'The basket loses its items', 'Since this morning, on my phone.'))
}
