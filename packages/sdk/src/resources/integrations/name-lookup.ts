import {
  categoryOf,
  isPlatform,
  type ResolvedIntegration,
  resolveIntegrationName,
  type UnresolvedIntegration,
} from '@ai-ticket-creator/domain'
import type { WithResponse } from '../../core/result.ts'
import { type Call, perform } from '../../core/run-call.ts'
import { untilAborted } from '../../core/timeout.ts'
import {
  AmbiguousIntegrationError,
  IntegrationNotFoundError,
  IntegrationUnusableError,
  isAmbiguousIntegrationError,
  isApiError,
  isIntegrationNotFoundError,
  isIntegrationUnusableError,
} from '../../errors/base.ts'
import { longestPart } from '../../pagination/client-filters.ts'
import { request } from '../../request.ts'
import type { IntegrationSummary } from '../types.ts'

/** Finds integrations by name for one backend and caller, and remembers what it found for a while. */
export interface Lookup {
  /**
   * Runs work with the integration that a name means. When the backend then refuses it, the answer is forgotten.
   *
   * @throws IntegrationNotFoundError, AmbiguousIntegrationError, IntegrationUnusableError
   */
  use<T>(call: Call, name: string, work: (integration: LookedUp) => Promise<T>): Promise<T>
  /** Forgets all names: an integration was written. */
  clear(): void
}

/** What a name was found to mean. The integration is called otherwise where the name is the word of its platform. */
interface LookedUp extends ResolvedIntegration {
  readonly name: string
}

interface Flight {
  readonly found: Promise<LookedUp>
  readonly controller: AbortController
  waiting: number
}

// Names come from data; a process that files tickets for years should not keep them all.
const MAX_REMEMBERED = 1000

export function createLookup(): Lookup {
  const remembered = new Map<string, { readonly integration: LookedUp; readonly since: number }>()
  const flights = new Map<string, Flight>()

  async function find(call: Call, name: string, key: string): Promise<LookedUp> {
    const known = remembered.get(key)
    if (known !== undefined && performance.now() - known.since < call.settings.lookupTtl) return known.integration

    const route = routeOf(call, key)
    const flight = flights.get(route) ?? takeOff(call, name, key, route)
    flight.waiting += 1
    try {
      return await untilAborted(call.signal, () => flight.found)
    } finally {
      flight.waiting -= 1
      // Nobody waits any more: others must not join what is being given up.
      if (flight.waiting === 0) land(route, flight)
    }
  }

  // Shared by all that ask meanwhile, so one that gives up must not end it for the others: it has limits of its own.
  function takeOff(call: Call, name: string, key: string, route: string): Flight {
    const controller = new AbortController()
    const options = { ...call.options, signal: controller.signal }
    const found = perform(call.settings, options, async (own) => {
      const integration = await resolve(own, name)
      // Unless it was cleared meanwhile: then an integration was written, perhaps this one.
      if (flights.get(route) === flight) remember(key, integration)
      return integration
    })
    // Who asked may be gone before he waits, and an error that nobody waits for would end the process.
    found.catch(() => {})
    const flight: Flight = { found, controller, waiting: 0 }
    flights.set(route, flight)
    return flight
  }

  function land(route: string, flight: Flight): void {
    if (flights.get(route) === flight) flights.delete(route)
    flight.controller.abort()
  }

  function remember(key: string, integration: LookedUp): void {
    if (remembered.size >= MAX_REMEMBERED)
      for (const oldest of [...remembered.keys()].slice(0, 1)) remembered.delete(oldest)
    remembered.set(key, { integration, since: performance.now() })
  }

  return {
    async use(call, name, work) {
      const key = keyOf(call, name)
      const integration = await find(call, name, key)
      try {
        return await work(integration)
      } catch (error) {
        if (mayBeStale(error)) remembered.delete(key)
        throw error
      }
    },
    clear() {
      remembered.clear()
      flights.clear()
    },
  }
}

// Headers can name another tenant.
const keyOf = ({ options: { headers = {} } }: Call, name: string): string =>
  JSON.stringify([name.trim(), Object.entries(headers).toSorted(([a], [b]) => (a < b ? -1 : 1))])

// A look-up that is shared lives by the limits of the first that asked.
const routeOf = ({ options, settings }: Call, key: string): string =>
  JSON.stringify([key, options.timeout ?? settings.timeout, settings.totalTimeout])

const mayBeStale = (error: unknown): boolean =>
  isIntegrationNotFoundError(error) ||
  isIntegrationUnusableError(error) ||
  isAmbiguousIntegrationError(error) ||
  // The existing backend says 400 for an integration that is gone or off (CONTRACT §4).
  (isApiError(error) && [400, 404, 409, 422].includes(error.status))

async function resolve(call: Call, name: string): Promise<LookedUp> {
  const rows = await listMeant(call, name)
  const found = orThrow(resolveIntegrationName(name, rows), name)
  return { ...found, name: rows.find(({ id }) => id === found.id)?.name ?? name }
}

/** The integrations with the name; if there are none, those on the platform that it may be the word of. */
async function listMeant(call: Call, name: string): Promise<readonly IntegrationSummary[]> {
  const { data: named } = await listNamed(call, name)
  const platform = name.trim().toLowerCase()
  if (named.length > 0 || !isPlatform(platform)) return named

  const query = { integration_category: categoryOf(platform), platform_name: platform }
  return (await listAll(call, query)).data
}

/** All integrations with exactly this name, usable or not. */
export async function listNamed(call: Call, name: string): Promise<WithResponse<IntegrationSummary[]>> {
  const wanted = name.trim()

  // The backend looks for a part of the name, in which % _ and \ are wildcards: the longest part without them finds
  // no less, and what is too much is left out here.
  const part = longestPart(wanted, /[%_\\]+/)
  const { data: rows, response } = await listAll(call, part === '' ? {} : { name: part })
  return { data: rows.filter((row) => row.name.trim() === wanted), response, unverified: [] }
}

/** All integrations that filters of the backend leave, the oldest first unless sorted otherwise. */
export async function listAll(
  call: Call,
  filters: Readonly<Record<string, string>>,
): Promise<WithResponse<IntegrationSummary[]>> {
  const limit = 100
  // A row that moves to another page while they are read must not count twice.
  const rows = new Map<string, IntegrationSummary>()
  for (let offset = 0; ; offset += limit) {
    const query = { sort_by: 'created_at', sort_order: 'asc', ...filters, offset, limit }
    const { data, response } = await request<IntegrationSummary[]>(call, 'integrations.list', { query })
    for (const row of data) rows.set(row.id, row)
    if (data.length < limit) return { data: [...rows.values()], response, unverified: [] }
  }
}

/** The integration, or the error that says why there is none. */
export function orThrow(
  found: ResolvedIntegration | UnresolvedIntegration,
  integrationName: string | undefined,
): ResolvedIntegration {
  if (found.code === undefined) return found
  switch (found.code) {
    case 'integration_not_found':
      throw new IntegrationNotFoundError(found.message, { integrationName })
    case 'integration_unusable':
      throw new IntegrationUnusableError(found.message, { integrationName, id: found.id, reason: found.reason })
    case 'ambiguous_integration_name':
      throw new AmbiguousIntegrationError(found.message, { integrationName, candidates: found.candidates })
  }
}
