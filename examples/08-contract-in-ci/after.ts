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

/** Returns the first enabled tracker. Creates one if none is enabled. */
export async function findTracker({ baseUrl, token, fetch }: Connection): Promise<Tracker> {
  const url = `${baseUrl}/api/v1/integrations/`
  const [found] = await read<Tracker[]>(fetch(`${url}?enabled=true`, getOptions(token)))
  if (found !== undefined) return found
  const tracker = { name: 'JIRA Production', platform_name: 'jira', enabled: true }
  return await read(fetch(url, postOptions(token, tracker)))
}

/** Files a report. Returns the name of the tracker and the id of the ticket. */
export async function fileReport(connection: Connection, subject: string, text: string): Promise<string> {
  const { baseUrl, token, fetch } = connection
  const tracker = await findTracker(connection)
  const ticket = { title: subject, description: text, integration_id: tracker.id }
  const { id } = await read<{ id: string }>(fetch(`${baseUrl}/api/v1/tickets/`, postOptions(token, ticket)))
  return `${tracker.name}: ${id}`
}

const getOptions = (token: string) => ({ headers: { Authorization: `Bearer ${token}` } })

const postOptions = (token: string, body: object) => ({
  method: 'POST',
  headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
  body: JSON.stringify(body),
})

async function read<T>(sent: Promise<Response>): Promise<T> {
  const response = await sent
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
  // The service assumes that the reply has the type T. `ai-ticket-creator-verify` checks that the backend sends it.
  return (await response.json()) as T
}

if (import.meta.main) {
  const { BASE_URL = '', TOKEN = '' } = process.env
  const connection = { baseUrl: BASE_URL, token: TOKEN, fetch }
  console.log(await fileReport(connection, 'The basket loses its items', 'Since this morning, on my phone.'))
}
