import type { EndpointId, JsonObject } from '@ai-ticket-creator/domain'
import { isJsonObject } from '@ai-ticket-creator/domain/internal'
import { type AppOptions, createApp, createMemoryStore, endpointAt, type Store } from '@ai-ticket-creator/reference-api'
import { issuesIn, jsonOf, mapEntities, withJson, withoutFields, withStatus } from './edit-response.ts'
import type { Fetch, Mutant } from './mutant.ts'

export type Where = 'all' | readonly EndpointId[]

/** Wraps the app: `step` may change the request, the reply, or both. */
export function around(
  id: string,
  defect: string,
  where: Where,
  step: (request: Request, next: Fetch) => Promise<Response>,
): Mutant {
  return {
    id,
    kind: 'by hand',
    defect,
    create: (options) => {
      const app = createApp(options)
      return async (request) => {
        const endpoint = endpointAt(request.method, new URL(request.url).pathname)
        const applies = where === 'all' || (endpoint !== undefined && where.includes(endpoint))
        return applies ? step(request, app.fetch) : app.fetch(request)
      }
    },
  }
}

export function onStore(id: string, defect: string, change: (store: Store) => Store): Mutant {
  const open = (options: AppOptions) =>
    createApp({ ...options, store: change(options.store ?? createMemoryStore()) }).fetch
  return { id, kind: 'by hand', defect, create: open }
}

export function onEntities(id: string, defect: string, where: Where, edit: (entity: JsonObject) => JsonObject): Mutant {
  return around(id, defect, where, async (request, next) => mapEntities(await next(request), edit))
}

export function replacingStatus(id: string, defect: string, where: Where, from: number, to: number): Mutant {
  return around(id, defect, where, async (request, next) => withStatus(await next(request), from, to))
}

export function onHeader(
  id: string,
  defect: string,
  name: string,
  edit: (value: string) => string | undefined,
): Mutant {
  return around(id, defect, 'all', async (request, next) => {
    const reply = await next(request)
    const value = reply.headers.get(name)
    if (value === null) return reply
    const edited = edit(value)
    if (edited === undefined) reply.headers.delete(name)
    else reply.headers.set(name, edited)
    return reply
  })
}

export function droppingHeader(id: string, name: string): Mutant {
  return onHeader(id, `\`${name}\` is missing`, name, () => undefined)
}

/** Changes the body of a request. */
export function onBody(id: string, defect: string, where: Where, edit: (body: JsonObject) => JsonObject): Mutant {
  return around(id, defect, where, async (request, next) => {
    const body = await jsonOf(request)
    return next(isJsonObject(body) ? withJson(request, edit(body)) : request)
  })
}

/** Changes the query of a request. */
export function onQuery(id: string, defect: string, where: Where, edit: (search: URLSearchParams) => void): Mutant {
  return around(id, defect, where, (request, next) => {
    const url = new URL(request.url)
    edit(url.searchParams)
    return next(new Request(url, request))
  })
}

export function ignoringHeader(id: string, defect: string, name: string): Mutant {
  return around(id, defect, 'all', (request, next) => {
    const headers = new Headers(request.headers)
    headers.delete(name)
    return next(new Request(request, { headers }))
  })
}

/** Accepts a request that is refused with `code`: sends it again without the refused fields, or with one replaced. */
export function accepting(id: string, defect: string, code: string, field?: string, instead?: unknown): Mutant {
  return around(id, defect, 'all', async (request, next) => {
    const copy = request.clone()
    const reply = await next(request)
    const issues = issuesIn(await jsonOf(reply))
    const body = await jsonOf(copy)
    if (!isJsonObject(body) || issues.length === 0 || issues.some((issue) => issue['code'] !== code)) return reply
    const names = issues.map(({ loc }) => (Array.isArray(loc) ? String(loc[1]) : ''))
    const accepted = withoutFields(...names, ...(field === undefined ? [] : [field]))(body)
    if (field === undefined || instead === undefined) return next(withJson(copy, accepted))
    return next(withJson(copy, { ...withoutFields('integration_category')(accepted), [field]: instead }))
  })
}
