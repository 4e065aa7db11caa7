import { endpointAt } from '@ai-ticket-creator/reference-api'
import type { Mutant } from './mutant.ts'
import { around, onStore } from './wrap.ts'

/** Defects of routes and of stored rows. */
export const rowDefects: readonly Mutant[] = [
  around('retired-route-alive', 'a retired route works', 'all', async (request, next) => {
    const url = new URL(request.url)
    if (endpointAt(request.method, url.pathname) !== 'tickets.setStatus') return next(request)
    return next(new Request(url.href.replace(/\/status$/, ''), request))
  }),
  around('delete-does-nothing', 'a delete is confirmed but not done', ['tickets.delete'], async (request, next) => {
    const { status } = await next(new Request(request.url, { headers: request.headers }))
    return status === 200
      ? new Response(null, { status: 204, headers: { 'API-Generation': 'current' } })
      : next(request)
  }),
  around('unknown-path-as-page', 'an unknown path returns HTML', 'all', async (request, next) => {
    const reply = await next(request)
    if (reply.status !== 404 || endpointAt(request.method, new URL(request.url).pathname) !== undefined) return reply
    return new Response('<h1>Not Found</h1>', { status: 404, headers: { 'Content-Type': 'text/html' } })
  }),
  onStore('deleted-stay-readable', 'deleted tickets can be read', (store) => ({
    ...store,
    tickets: {
      ...store.tickets,
      find: async (organization, id) => {
        const row = await store.tickets.find(organization, id)
        return row && { ...row, deleted_at: null }
      },
    },
  })),
  onStore('other-organization-readable', 'an integration of another organization can be read', (store) => {
    const owners = new Map<string, string>()
    return {
      ...store,
      integrations: {
        ...store.integrations,
        insert: async (row) => {
          owners.set(row.id, row.organization_id)
          await store.integrations.insert(row)
        },
        find: (organization, id) => store.integrations.find(owners.get(id) ?? organization, id),
      },
    }
  }),
  onStore('other-organization-listed', 'lists show the tickets of every organization', (store) => {
    const organizations = new Set<string>()
    return {
      ...store,
      tickets: {
        ...store.tickets,
        insert: async (row) => {
          organizations.add(row.organization_id)
          await store.tickets.insert(row)
        },
        list: async (organization, query, window) => {
          const own = await store.tickets.list(organization, query, window)
          const others = [...organizations].filter((other) => other !== organization)
          const more = await Promise.all(others.map((other) => store.tickets.list(other, query, window)))
          return { ...own, rows: [...own.rows, ...more.flatMap(({ rows }) => rows)] }
        },
      },
    }
  }),
]
