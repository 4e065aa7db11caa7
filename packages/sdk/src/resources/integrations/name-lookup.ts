import {
  categoryOf,
  isPlatform,
  type ResolvedIntegration,
  resolveIntegrationName,
  type UnresolvedIntegration,
} from '@ai-ticket-creator/domain'
import type { CallContext } from '../../core/context.ts'
import type { WithResponse } from '../../core/result.ts'
import { runCall } from '../../core/run-call.ts'
import { untilAborted } from '../../core/timeout.ts'
import {
  isAmbiguousIntegrationError,
  isApiError,
  isIntegrationNotFoundError,
  isIntegrationUnusableError,
} from '../../errors/guards.ts'
import {
  AmbiguousIntegrationError,
  IntegrationNotFoundError,
  IntegrationUnusableError,
} from '../../errors/integration-errors.ts'
import { longestPart } from '../../pagination/client-filters.ts'
import { listAll } from '../../pagination/list-all.ts'
import type { IntegrationSummary } from '../types.ts'

/** Finds integrations by name for one backend and caller, and remembers what it found for a while. */
export interface Lookup {
  /**
   * Runs work with the integration that a name means. When the backend then refuses it, the answer is forgotten.
   *
   * @throws IntegrationNotFoundError, AmbiguousIntegrationError, IntegrationUnusableError
   */
  withIntegration<T>(call: CallContext, name: string, work: (integration: LookupResult) => Promise<T>): Promise<T>
  /** Forgets all names: an integration was written. */
  clear(): void
}

/** What a name was found to mean. The integration is called otherwise where the name is the word of its platform. */
interface LookupResult extends ResolvedIntegration {
  readonly name: string
}

interface InFlight {
  readonly found: Promise<LookupResult>
  readonly controller: AbortController
  waiting: number
}

// Names come from data; a process that files tickets for years should not keep them all.
const MAX_REMEMBERED = 1000

export function createLookup(): Lookup {
  const remembered = new Map<string, { readonly integration: LookupResult; readonly since: number }>()
  const flights = new Map<string, InFlight>()

  async function find(call: CallContext, name: string, key: string): Promise<LookupResult> {
    const known = remembered.get(key)
    if (known !== undefined && performance.now() - known.since < call.settings.nameCacheTtl) return known.integration

    const route = routeOf(call, key)
    const flight = flights.get(route) ?? start(call, name, key, route)
    flight.waiting += 1
    try {
      return await untilAborted(call.signal, () => flight.found)
    } finally {
      flight.waiting -= 1
      // Nobody waits any more: others must not join what is being given up.
      if (flight.waiting === 0) finish(route, flight)
    }
  }

  // Shared by all that ask meanwhile, so one that gives up must not end it for the others: it has limits of its own.
  function start(call: CallContext, name: string, key: string, route: string): InFlight {
    const controller = new AbortController()
    const options = { ...call.options, signal: controller.signal }
    const found = runCall(call.settings, options, async (own) => {
      const integration = await resolve(own, name)
      // Unless it was cleared meanwhile: then an integration was written, perhaps this one.
      if (flights.get(route) === flight) remember(key, integration)
      return integration
    })
    // Who asked may be gone before he waits, and an error that nobody waits for would end the process.
    found.catch(() => {})
    const flight: InFlight = { found, controller, waiting: 0 }
    flights.set(route, flight)
    return flight
  }

  function finish(route: string, flight: InFlight): void {
    if (flights.get(route) === flight) flights.delete(route)
    flight.controller.abort()
  }

  function remember(key: string, integration: LookupResult): void {
    if (remembered.size >= MAX_REMEMBERED)
      for (const oldest of [...remembered.keys()].slice(0, 1)) remembered.delete(oldest)
    remembered.set(key, { integration, since: performance.now() })
  }

  return {
    async withIntegration(call, name, work) {
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
const keyOf = ({ options: { headers = {} } }: CallContext, name: string): string =>
  JSON.stringify([name.trim(), Object.entries(headers).toSorted(([a], [b]) => (a < b ? -1 : 1))])

// A look-up that is shared lives by the limits of the first that asked.
const routeOf = ({ options, settings }: CallContext, key: string): string =>
  JSON.stringify([key, options.timeout ?? settings.timeout, settings.totalTimeout])

const mayBeStale = (error: unknown): boolean =>
  isIntegrationNotFoundError(error) ||
  isIntegrationUnusableError(error) ||
  isAmbiguousIntegrationError(error) ||
  // The existing backend says 400 for an integration that is gone or off (CONTRACT §4).
  (isApiError(error) && [400, 404, 409, 422].includes(error.status))

async function resolve(call: CallContext, name: string): Promise<LookupResult> {
  const rows = await listMeant(call, name)
  const found = unwrap(resolveIntegrationName(name, rows), name)
  return { ...found, name: rows.find(({ id }) => id === found.id)?.name ?? name }
}

/** The integrations with the name; if there are none, those on the platform that it may be the word of. */
async function listMeant(call: CallContext, name: string): Promise<readonly IntegrationSummary[]> {
  const { data: named } = await listNamed(call, name)
  const platform = name.trim().toLowerCase()
  if (named.length > 0 || !isPlatform(platform)) return named

  const query = { integration_category: categoryOf(platform), platform_name: platform }
  return (await listAll(call, query)).data
}

/** All integrations with exactly this name, usable or not. */
export async function listNamed(call: CallContext, name: string): Promise<WithResponse<IntegrationSummary[]>> {
  const wanted = name.trim()

  // The backend looks for a part of the name, in which % _ and \ are wildcards: the longest part without them finds
  // no less, and what is too much is left out here.
  const part = longestPart(wanted, /[%_\\]+/)
  const { data: rows, response } = await listAll(call, part === '' ? {} : { name: part })
  return { data: rows.filter((row) => row.name.trim() === wanted), response, unverified: [] }
}

/** The integration, or the error that says why there is none. */
export function unwrap(
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
