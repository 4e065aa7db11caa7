import type { Generation } from '@ai-ticket-creator/domain'
import {
  type AppOptions,
  type AppUser,
  createApp,
  createMemoryStore,
  DEFAULT_USER,
  type Profile,
  type Store,
} from '@ai-ticket-creator/reference-api'
import type { HttpHandler } from 'msw'
import { nextHost, parseHost } from '../core/base-url.ts'
import { type TestClock, testClock } from '../core/clock.ts'
import type { Fetch } from '../core/fetch.ts'
import { seededIds } from '../core/random.ts'
import { createFaultRegistry, type Faults } from './faults/fault-registry.ts'
import { createFetch, type RequestHandler } from './fetch.ts'
import { handleRequest } from './handle-request.ts'
import { createHandler } from './msw-handler.ts'
import { type Callee, callSiteOf } from './recording/call-site.ts'
import { type RequestObservers, registerObservers } from './recording/observers.ts'
import type { PendingRecord, RecordedRequest } from './recording/recorded-request.ts'
import { createSeed, type SeedApi } from './seed.ts'

/** Options of a test API. With the defaults every run behaves the same. */
export interface TestApiOptions extends Omit<AppOptions, 'store' | 'clock' | 'newId' | 'newRequestId' | 'users'> {
  /** The generation of the API. Default: `current`, or that of the `profile`. */
  readonly generation?: Generation
  /**
   * The base URL for clients; a trailing `/api/v1` is accepted. Default: a new host for each API of the process,
   * `https://tickets-1.example.test`, `https://tickets-2.example.test`, …
   */
  readonly baseUrl?: string | URL
  /** Determines the ids, and when faults with a probability fire. A whole number from 0 to 4294967295. Default: 1. */
  readonly seed?: number
  /** The time. Default: `testClock()`, which stands at 2025-09-06T12:00:00Z until it is advanced. */
  readonly clock?: TestClock
  /** The users with their tokens, at least one. Default: one user, whose token is `test-token`. */
  readonly users?: readonly AppUser[]
}

/** The API as a mock: the app of `@ai-ticket-creator/reference-api` with an in-memory store. */
export interface TestApi {
  /** For MSW: `setupServer(...api.handlers)`, `setupWorker(...api.handlers)`. */
  readonly handlers: readonly HttpHandler[]
  /** A `fetch` that serves `baseUrl` and rejects every other request: nothing reaches the network. */
  readonly fetch: Fetch
  readonly baseUrl: string
  /** The bearer token of the first user. */
  readonly token: string
  readonly generation: Generation
  /** Switches the generation, as a roll-out or a rollback does. The rows stay. */
  readonly switchGeneration: (generation: Generation) => void
  /** The version of the existing backend that this API reproduces; undefined for the reference behaviour. */
  readonly profile: Profile | undefined
  /** Switches to another version of the existing backend, or to the reference behaviour. The rows stay. */
  readonly switchProfile: (profile: Profile | undefined) => void
  /** Stores rows without a request. */
  readonly seed: SeedApi
  /** Direct access to the rows. */
  readonly store: Store
  /** All requests so far, in order of arrival. */
  readonly requests: readonly RecordedRequest[]
  readonly faults: Faults
  readonly clock: TestClock
  /** Runs the health checks that are due, see `@ai-ticket-creator/reference-api`; resolves with the number of checks. */
  readonly runDueChecks: () => Promise<number>
  /**
   * Restores the initial state: no rows, requests or faults, and the generation, profile, clock and ids of the start.
   * Requests in progress use the old state until they end.
   */
  readonly reset: () => void
}

/**
 * A mock of the API for tests, for MSW and as a plain `fetch`.
 *
 * ```ts
 * const api = createTestApi({ generation: 'transitional' })
 * const client = createClient({ baseUrl: api.baseUrl, token: api.token, generation: 'current', fetch: api.fetch })
 * ```
 *
 * @throws RangeError for an invalid base URL, generation, seed, clock or list of users.
 */
export function createTestApi(options: TestApiOptions = {}): TestApi {
  const { baseUrl, seed, users, clock, appOptions } = parseOptions(options)
  const { now } = clock
  const registry = createFaultRegistry(seed)
  const observers: RequestObservers = new Set()

  const start = () => {
    const [store, newId] = [createMemoryStore(), seededIds(seed)]
    const app = createApp({ onError: console.error, ...appOptions, store, newId, users, clock: now })
    return { app, store, newId, requests: [] as PendingRecord[], registry, now, users, observers }
  }
  let state = start()
  const handle: RequestHandler = (request, callSite) => handleRequest(state, request, callSite)
  // Capturing a stack is slow, so it is done only while call sites are recorded.
  const siteOf = (callee: Callee) => (observers.size > 0 ? callSiteOf(callee) : undefined)

  const api: TestApi = {
    handlers: [createHandler(baseUrl, handle)],
    fetch: createFetch(baseUrl, handle, siteOf),
    baseUrl,
    token: users[0].token,
    get generation() {
      return state.app.generation
    },
    switchGeneration: (generation) => state.app.switchGeneration(generation),
    get profile() {
      return state.app.profile
    },
    switchProfile: (profile) => state.app.switchProfile(profile),
    seed: createSeed(() => state),
    store: currentStore(() => state.store),
    get requests() {
      return state.requests
    },
    faults: registry.faults,
    clock,
    runDueChecks: () => state.app.runDueChecks(),
    reset() {
      // The clock is reset last, because this resumes delayed responses: their callers must find the new state.
      state = start()
      registry.reset()
      clock.reset()
    },
  }
  registerObservers(api, observers)
  return api
}

/** `reset` replaces the store. A test that holds this object always reaches the current one. */
const currentStore = (current: () => Store): Store => ({
  get integrations() {
    return current().integrations
  },
  get tickets() {
    return current().tickets
  },
  get keys() {
    return current().keys
  },
})

function parseOptions(options: TestApiOptions) {
  const { baseUrl = nextHost(), seed = 1, clock = testClock(), users = [DEFAULT_USER], ...appOptions } = options
  if (typeof clock?.now !== 'function') throw new RangeError('`clock` must be a `testClock()`')
  const [owner, ...others] = users
  if (owner === undefined) throw new RangeError('`users` must contain at least one user')
  if (!(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32))
    throw new RangeError('`seed` must be a whole number from 0 to 4294967295')
  return { baseUrl: parseHost(baseUrl), seed, clock, users: [owner, ...others] as const, appOptions }
}
