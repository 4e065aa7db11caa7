import type { CallContext } from '../../core/call-context.ts'
import { TokenReplacedError } from '../../core/call-token.ts'
import { runCall } from '../../core/run-call.ts'
import { untilAborted } from '../../core/timeout.ts'
import {
  isAmbiguousIntegrationError,
  isApiError,
  isIntegrationNotFoundError,
  isIntegrationUnusableError,
} from '../../errors/guards.ts'
import type { LegacySettings } from '../options.ts'
import { type LookupResult, resolveName } from './resolve-name.ts'

/** Finds integrations by name for one backend and caller, and caches the results. */
export interface Lookup {
  /**
   * Runs work with the integration that a name refers to. If the backend then refuses the integration, the cached
   * result is dropped.
   *
   * @throws IntegrationNotFoundError, AmbiguousIntegrationError, IntegrationUnusableError
   */
  withIntegration<T>(search: NameSearch, call: CallContext, work: (integration: LookupResult) => Promise<T>): Promise<T>
  /** Drops all cached names, after an integration was written. */
  clear(): void
}

/** A name to look up, and the options for it. */
interface NameSearch {
  readonly name: string
  readonly settings: Pick<LegacySettings, 'cacheKey' | 'nameCacheTtl'>
}

/** A result, and the token that the integration was looked up with. */
interface Found {
  readonly integration: LookupResult
  readonly token: string
}

/** A look-up that several calls wait for. */
interface InFlight {
  readonly found: Promise<Found>
  readonly controller: AbortController
  waiting: number
}

interface CachedName {
  readonly integration: LookupResult
  readonly since: number
}

// Names may come from data, so the cache of a process that runs for years must stay small.
const MAX_CACHED = 1000

// Long because its short functions share the cache and the requests in flight.
export function createLookup(): Lookup {
  const cache = new Map<string, CachedName>()
  const inFlight = new Map<string, InFlight>()

  async function find(search: NameSearch, call: CallContext): Promise<LookupResult> {
    const firstToken = await call.token.get()
    const key = cacheKeyOf(search, call, firstToken)
    const cached = cache.get(key)
    if (cached !== undefined && performance.now() - cached.since < search.settings.nameCacheTtl)
      return cached.integration

    const flightKey = flightKeyOf(call, key)
    const flight = inFlight.get(flightKey) ?? start(search, call, { flightKey, token: firstToken })
    flight.waiting += 1
    try {
      const { integration, token } = await untilAborted(call.limit.signal, () => flight.found)
      // The look-up may have replaced the token. The id belongs to the organization of the new token.
      call.token.adopt(token)
      return integration
    } finally {
      flight.waiting -= 1
      // A look-up that no call waits for is aborted, so later calls must not join it.
      if (flight.waiting === 0) finish(flightKey, flight)
    }
  }

  // The look-up is a separate call: if one caller aborts, it continues for the others.
  function start(
    search: NameSearch,
    call: CallContext,
    { flightKey, token: first }: { readonly flightKey: string; readonly token: string },
  ): InFlight {
    const controller = new AbortController()
    const options = { ...call.options, signal: controller.signal }
    const lookUp = async (lookupCall: CallContext): Promise<Found> => {
      const integration = await resolveName(lookupCall, search.name)
      const token = await lookupCall.token.get()
      // If the cache was cleared meanwhile, an integration was written, and the result may be outdated.
      if (inFlight.get(flightKey) === flight) addToCache(cacheKeyOf(search, lookupCall, token), integration)
      return { integration, token }
    }
    const found = runCall(call, options, lookUp, first)
    // The caller may have given up before it waits. An error without a handler would end the process.
    found.catch(() => {})
    const flight: InFlight = { found, controller, waiting: 0 }
    inFlight.set(flightKey, flight)
    return flight
  }

  function finish(flightKey: string, flight: InFlight): void {
    if (inFlight.get(flightKey) === flight) inFlight.delete(flightKey)
    flight.controller.abort()
  }

  function addToCache(cacheKey: string, integration: LookupResult): void {
    const [oldest] = cache.keys()
    if (cache.size >= MAX_CACHED && oldest !== undefined) cache.delete(oldest)
    cache.set(cacheKey, { integration, since: performance.now() })
  }

  async function findAndRun<T>(
    search: NameSearch,
    call: CallContext,
    work: (integration: LookupResult) => Promise<T>,
  ): Promise<T> {
    const integration = await find(search, call)
    const token = await call.token.get()
    const run = () => work(integration)
    try {
      return await (search.settings.cacheKey === undefined ? call.token.bind(run) : run())
    } catch (error) {
      // The key has the token that the name was looked up with; the work may have replaced the token of the call.
      if (mayBeOutdated(error)) cache.delete(cacheKeyOf(search, call, token))
      throw error
    }
  }

  return {
    async withIntegration(search, call, work) {
      try {
        return await findAndRun(search, call, work)
      } catch (error) {
        if (!(error instanceof TokenReplacedError)) throw error
        return findAndRun(search, call, work)
      }
    },
    clear() {
      cache.clear()
      inFlight.clear()
    },
  }
}

// Token and headers are part of the key, because they select the organization.
const cacheKeyOf = (
  { name, settings: { cacheKey } }: NameSearch,
  { settings: { root, callerHeaders }, options: { headers } }: CallContext,
  token: string,
): string =>
  JSON.stringify([
    root,
    cacheKey ?? token,
    name.trim(),
    Object.entries({ ...callerHeaders, ...headers }).toSorted(([a], [b]) => (a < b ? -1 : 1)),
  ])

// Time limits are part of the key, because a shared look-up runs with those of the first caller.
const flightKeyOf = ({ options, settings }: CallContext, cacheKey: string): string =>
  JSON.stringify([cacheKey, options.timeout ?? settings.timeout, settings.totalTimeout])

const mayBeOutdated = (error: unknown): boolean =>
  isIntegrationNotFoundError(error) ||
  isIntegrationUnusableError(error) ||
  isAmbiguousIntegrationError(error) ||
  // The existing backend answers 400 for an integration that is deleted or disabled (existing backend: error texts).
  (isApiError(error) && [400, 404, 409, 422].includes(error.status))
