import { GENERATIONS, type Generation } from '@ai-ticket-creator/domain'
import { detectDocumentGeneration, detectReplyGeneration } from '@ai-ticket-creator/domain/internal'
import { describeAnswer, describeRequest } from '../model/describe.ts'
import type { Reply } from '../model/observed-reply.ts'
import { type Connection, NotReached, send } from './http-client.ts'

/** Which words a backend speaks, or why nothing can be found out about it. */
export type DetectedGeneration =
  | { readonly generation: Generation; readonly evidence: string }
  | { readonly generation: undefined; readonly evidence: string; readonly reason: string }

/** Looks whether the backend is there and lets us in, and which generation it is. Sends two requests, or three. */
export async function detectGeneration(
  connection: Connection,
  asked: Generation | 'auto',
): Promise<DetectedGeneration> {
  const replies = await firstReplies(connection)
  if (typeof replies === 'string') return stranger(replies)

  if (asked !== 'auto') return { generation: asked, evidence: 'as asked' }
  return (await learn(connection, replies)) ?? stranger('the backend does not say its generation; name it')
}

const stranger = (reason: string): DetectedGeneration => ({ generation: undefined, evidence: 'none', reason })

/** Both lists; or why there is nothing to be found out. */
async function firstReplies(connection: Connection): Promise<readonly Reply[] | string> {
  try {
    const integrations = await probe(connection, 'integrations.list')
    const tickets = await probe(connection, 'tickets.list')
    const replies = [integrations, tickets]
    // One list that fails is a fault to be told; when both do, nobody is at home, or we are not let in.
    return replies.every(isUnavailable)
      ? `${describeRequest(integrations)} is answered with ${describeAnswer(integrations)}${adviceOn(integrations)}`
      : replies
  } catch (error) {
    if (error instanceof NotReached) return error.message
    throw error
  }
}

const adviceOn = ({ status }: Reply): string =>
  status === 401 || status === 403 ? '; the token is not let in there, so look whether it is the right one' : ''

const probe = (connection: Connection, endpoint: 'integrations.list' | 'tickets.list'): Promise<Reply> =>
  send(connection, { generation: 'current', strict: false }, { endpoint })

const isUnavailable = ({ status, json }: Reply): boolean => status !== 200 || json === undefined

/** Whether the token is still let in, after a refusal that says it is not. */
export async function isAuthorized(connection: Connection): Promise<boolean> {
  const replies = await Promise.all([probe(connection, 'integrations.list'), probe(connection, 'tickets.list')])
  return replies.some(({ status }) => status !== 401 && status !== 403)
}

async function learn(connection: Connection, replies: readonly Reply[]): Promise<DetectedGeneration | undefined> {
  const said = replies.map(({ headers }) => headers.get('API-Generation')).find((word) => word !== null)
  const named = GENERATIONS.find((generation) => generation === said)
  if (named !== undefined) return { generation: named, evidence: 'header `API-Generation`' }

  const shown = replies
    .map(({ endpoint, json }) => detectReplyGeneration(endpoint, json))
    .find((generation) => generation !== undefined)
  if (shown !== undefined) return { generation: shown, evidence: 'the fields of a row in a list' }

  const document = await openApi(connection)
  return document === undefined ? undefined : { generation: document, evidence: 'its OpenAPI document' }
}

/** What the service's own document says of the create, when it serves one. */
async function openApi({ baseUrl, fetch, signal, count }: Connection): Promise<Generation | undefined> {
  try {
    count()
    const response = await fetch(`${baseUrl}/openapi.json`, { redirect: 'manual', signal })
    return response.status === 200 ? detectDocumentGeneration(await response.json()) : undefined
  } catch {
    return undefined
  }
}
