import type { JsonObject } from '@ai-ticket-creator/domain'
import { isJsonObject } from '@ai-ticket-creator/domain/internal'

export function without(name: string) {
  return ({ [name]: _, ...entity }: JsonObject): JsonObject => entity
}

export function renamed(name: string, to: string) {
  return (entity: JsonObject): JsonObject =>
    Object.fromEntries(Object.entries(entity).map(([key, value]) => [key === name ? to : key, value]))
}

export function withoutFields(...names: readonly string[]) {
  return (body: JsonObject): JsonObject =>
    Object.fromEntries(Object.entries(body).filter(([name]) => !names.includes(name)))
}

export async function jsonOf(message: Request | Response): Promise<unknown> {
  const text = await message.clone().text()
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

export const withJson = (request: Request, body: unknown): Request =>
  new Request(request.url, {
    method: request.method,
    headers: withoutLength(request.headers),
    body: JSON.stringify(body),
    signal: request.signal,
  })

function withoutLength(from: Headers): Headers {
  const headers = new Headers(from)
  headers.delete('Content-Length')
  return headers
}

/** Edits the JSON of a reply. A reply without JSON stays as it is. */
export async function mapBody(reply: Response, edit: (body: unknown) => unknown): Promise<Response> {
  const body = await jsonOf(reply)
  if (body === undefined) return reply
  return new Response(JSON.stringify(edit(body)), { status: reply.status, headers: withoutLength(reply.headers) })
}

/** Edits every entity of a reply: an object with an id. */
export function mapEntities(reply: Response, edit: (entity: JsonObject) => JsonObject): Promise<Response> {
  const one = (value: unknown): unknown => (isJsonObject(value) && 'id' in value ? edit(value) : value)
  return mapBody(reply, (body) => {
    if (Array.isArray(body)) return body.map(one)
    if (isJsonObject(body) && Array.isArray(body['items'])) return { ...body, items: body['items'].map(one) }
    if (isJsonObject(body) && 'ticket' in body) return { ...body, ticket: one(body['ticket']) }
    return one(body)
  })
}

export function mapRows(reply: Response, edit: (rows: readonly unknown[]) => readonly unknown[]): Promise<Response> {
  return mapBody(reply, (body) => {
    if (Array.isArray(body)) return edit(body)
    return isJsonObject(body) && Array.isArray(body['items']) ? { ...body, items: edit(body['items']) } : body
  })
}

export function mapProblem(reply: Response, edit: (problem: JsonObject) => JsonObject): Promise<Response> {
  return mapBody(reply, (body) => (isJsonObject(body) && 'detail' in body && 'code' in body ? edit(body) : body))
}

export function mapIssues(reply: Response, edit: (issue: JsonObject) => JsonObject): Promise<Response> {
  return mapProblem(reply, (problem) =>
    Array.isArray(problem['detail']) ? { ...problem, detail: issuesIn(problem).map(edit) } : problem,
  )
}

export const issuesIn = (problem: unknown): readonly JsonObject[] =>
  isJsonObject(problem) && Array.isArray(problem['detail']) ? problem['detail'].filter(isJsonObject) : []

export function withStatus(reply: Response, from: number, to: number, body?: JsonObject): Response {
  if (reply.status !== from) return reply
  return new Response(body === undefined ? reply.body : JSON.stringify(body), { status: to, headers: reply.headers })
}
