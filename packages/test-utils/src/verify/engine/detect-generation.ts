import { GENERATIONS, type Generation } from '@ai-ticket-creator/domain'
import { detectDocumentGeneration, detectReplyGeneration } from '@ai-ticket-creator/domain/internal'
import { describeAnswer, describeRequest } from '../model/describe.ts'
import type { Reply } from '../model/observed-reply.ts'
import { type Connection, send, UnreachableError } from './http-client.ts'

/** The generation of a backend, or why the backend cannot be verified. */
export type DetectedGeneration =
  | { readonly generation: Generation; readonly detectedBy: string }
  | { readonly generation: undefined; readonly detectedBy: string; readonly reason: string }

/** Checks that the backend answers and accepts the token, and detects its generation. Sends two or three requests. */
export async function detectGeneration(
  connection: Connection,
  expected: Generation | 'auto',
): Promise<DetectedGeneration> {
  const replies = await requestLists(connection)
  if (typeof replies === 'string') return undetected(replies)

  if (expected !== 'auto') return { generation: expected, detectedBy: 'the option `generation`' }
  return (
    detectFromHeader(replies) ??
    detectFromRows(replies) ??
    (await detectFromOpenApi(connection)) ??
    undetected(
      'the generation of the backend cannot be detected, because it has no rows and no OpenAPI document; set the option `generation`',
    )
  )
}

/** Whether the backend still accepts the token. Called after a 401 or 403. */
export async function isAuthorized(connection: Connection): Promise<boolean> {
  const replies = await Promise.all([probe(connection, 'integrations.list'), probe(connection, 'tickets.list')])
  return replies.some(({ status }) => status !== 401 && status !== 403)
}

const undetected = (reason: string): DetectedGeneration => ({ generation: undefined, detectedBy: 'none', reason })

/** The replies of both lists, or the reason why the backend cannot be verified. */
async function requestLists(connection: Connection): Promise<readonly Reply[] | string> {
  try {
    const integrations = await probe(connection, 'integrations.list')
    const tickets = await probe(connection, 'tickets.list')
    // If only one list fails, cases report it. If both fail, every case would be inconclusive.
    if (!isUnavailable(integrations) || !isUnavailable(tickets)) return [integrations, tickets]
    return `${describeRequest(integrations)} returned ${describeAnswer(integrations)}${hintFor(integrations)}`
  } catch (error) {
    if (error instanceof UnreachableError) return error.message
    throw error
  }
}

const probe = (connection: Connection, endpoint: 'integrations.list' | 'tickets.list'): Promise<Reply> =>
  send(connection, { generation: 'current', strict: false }, { endpoint })

const isUnavailable = ({ status, json }: Reply): boolean => status !== 200 || json === undefined

const hintFor = ({ status }: Reply): string =>
  status === 401 || status === 403 ? '; unauthorized: check the token' : ''

function detectFromHeader(replies: readonly Reply[]): DetectedGeneration | undefined {
  const value = replies.map(({ headers }) => headers.get('API-Generation')).find((header) => header !== null)
  const generation = GENERATIONS.find((one) => one === value)
  return generation === undefined ? undefined : { generation, detectedBy: 'header `API-Generation`' }
}

function detectFromRows(replies: readonly Reply[]): DetectedGeneration | undefined {
  const generation = replies
    .map(({ endpoint, json }) => detectReplyGeneration(endpoint, json))
    .find((found) => found !== undefined)
  return generation === undefined ? undefined : { generation, detectedBy: 'the fields of a row in a list' }
}

/** Reads the OpenAPI document of the service, if it has one. */
async function detectFromOpenApi(connection: Connection): Promise<DetectedGeneration | undefined> {
  const { baseUrl, fetch, signal, countRequest } = connection
  try {
    countRequest()
    const response = await fetch(`${baseUrl}/openapi.json`, { redirect: 'manual', signal })
    const generation = response.status === 200 ? detectDocumentGeneration(await response.json()) : undefined
    return generation === undefined ? undefined : { generation, detectedBy: 'its OpenAPI document' }
  } catch {
    return undefined
  }
}
