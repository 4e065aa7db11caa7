import { isJsonObject } from '@ai-ticket-creator/domain/internal'
import type { Store } from '@ai-ticket-creator/reference-api'
import { jsonOf, mapBody, withJson, withoutFields } from '../edit-response.ts'
import type { Mutant } from '../mutant.ts'
import { around, onStore } from '../wrap.ts'
import { onUsers } from './requests.ts'

/** Data of other organizations that is shown, used or changed. */
export const organizationDefects: readonly Mutant[] = [
  onUsers(
    'assignee-of-other-organization',
    'people of another organization are accepted as assignees',
    (directory, users) => ({
      find: async (_, id) => {
        const found = await Promise.all(users.map((user) => directory.find(user.organization_id, id)))
        return found.find((user) => user !== undefined)
      },
    }),
  ),
  around(
    'integration-of-other-organization',
    'PUT of a ticket accepts the integration of another organization',
    ['integrations.create', 'tickets.replace'],
    acceptOtherIntegration(),
  ),
  onStore(
    'name-of-other-organization',
    'a ticket finds the integrations of every organization by name',
    onEveryOrganization((store, all) => ({
      ...store,
      integrations: {
        ...store.integrations,
        findByNameOrPlatform: async (_, name) =>
          (await Promise.all(all().map((one) => store.integrations.findByNameOrPlatform(one, name)))).flat(),
      },
    })),
  ),
  onStore(
    'total-of-every-organization',
    '`total` counts the tickets of every organization',
    onEveryOrganization((store, all) => ({
      ...store,
      tickets: {
        ...store.tickets,
        list: async (organization, query, window) => {
          const own = await store.tickets.list(organization, query, window)
          const others = all().filter((one) => one !== organization)
          const more = await Promise.all(others.map((one) => store.tickets.list(one, query, window)))
          return { ...own, total: more.reduce((sum, { total }) => sum + total, own.total) }
        },
      },
    })),
  ),
  onStore(
    'active-of-every-organization',
    'the list of active integrations shows every organization',
    onEveryOrganization((store, all) => ({
      ...store,
      integrations: {
        ...store.integrations,
        list: async (organization, query, window) => {
          if (query.integration_status !== 'active') return store.integrations.list(organization, query, window)
          const pages = await Promise.all(all().map((one) => store.integrations.list(one, query, window)))
          const rows = pages.flatMap((page) => page.rows).toSorted((a, b) => (a.name < b.name ? -1 : 1))
          return { rows, total: rows.length }
        },
      },
    })),
  ),
  onStore(
    'read-by-others-deletes',
    'a request of another organization for a ticket returns 404 and deletes it',
    onEveryOrganization((store, all) => ({
      ...store,
      tickets: {
        ...store.tickets,
        find: async (organization, id) => {
          for (const owner of all().filter((one) => one !== organization)) {
            const row = await store.tickets.find(owner, id)
            if (row !== undefined) await store.tickets.replace({ ...row, deleted_at: row.updated_at }, row.version)
          }
          return store.tickets.find(organization, id)
        },
      },
    })),
  ),
]

/** Changes a store with a function that returns all organizations that have rows. */
function onEveryOrganization(change: (store: Store, all: () => readonly string[]) => Store) {
  return (store: Store): Store => {
    const organizations = new Set<string>()
    const watched: Store = {
      ...store,
      integrations: {
        ...store.integrations,
        insert: async (row) => {
          organizations.add(row.organization_id)
          await store.integrations.insert(row)
        },
      },
      tickets: {
        ...store.tickets,
        insert: async (row) => {
          organizations.add(row.organization_id)
          await store.tickets.insert(row)
        },
      },
    }
    return change(watched, () => [...organizations])
  }
}

/** Collects the ids of new integrations, and accepts each of them in a PUT of a ticket. */
function acceptOtherIntegration(): Parameters<typeof around>[3] {
  const known = new Set<unknown>()
  return async (request, next) => {
    const copy = request.clone()
    const reply = await next(request)
    const [sent, body] = [await jsonOf(copy), await jsonOf(reply)]
    if (isJsonObject(body) && reply.ok) known.add(body['id'])
    if (!isJsonObject(body) || body['code'] !== 'integration_not_found' || !isJsonObject(sent)) return reply

    const id = sent['integration_id']
    if (!known.has(id)) return reply
    return mapBody(await next(withJson(copy, withoutFields('integration_id')(sent))), (ticket) =>
      isJsonObject(ticket) ? { ...ticket, integration_id: id } : ticket,
    )
  }
}
