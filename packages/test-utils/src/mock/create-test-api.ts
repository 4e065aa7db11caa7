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
import { nextHost, readBaseUrl } from '../core/base-url.ts'
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

/** What a test API is made of. Without any of it, it repeats itself run by run. */
export interface TestApiOptions extends Omit<AppOptions, 'store' | 'clock' | 'ids' | 'requestIds' | 'users'> {
  /** Which words it speaks. Default: `current`, or those of the `profile`. */
  readonly generation?: Generation
  /**
   * Where it lives: what a client is given as its base URL. A trailing `/api/v1` is accepted. Default: a host for each
   * API of the process, `https://tickets-1.example.test`, `https://tickets-2.example.test`, …
   */
  readonly baseUrl?: string | URL
  /** Decides ids, and which requests a fault with a probability strikes. A whole number from 0 to 4294967295. Default: 1. */
  readonly seed?: number
  /** The time. Default: `testClock()`, which stands at 2025-09-06T12:00:00Z until it is moved. */
  readonly clock?: TestClock
  /** The people it knows, at least one. Default: one, whose token is `test-token`. */
  readonly users?: readonly AppUser[]
}

/** The API as a mock: the app of `@ai-ticket-creator/reference-api`, with rows in memory. */
export interface TestApi {
  /** For MSW: `setupServer(...api.handlers)`, `setupWorker(...api.handlers)`. */
  readonly handlers: readonly HttpHandler[]
  /** For whatever takes a `fetch`. It answers below `baseUrl`, and rejects anything else: nothing reaches the network. */
  readonly fetch: Fetch
  readonly baseUrl: string
  /** The bearer token of the first user. */
  readonly token: string
  readonly generation: Generation
  /** Changes the words it speaks, as a roll-out or a rollback does; the rows stay. */
  readonly switchGeneration: (generation: Generation) => void
  /** The age of the existing backend that it behaves as; undefined for the reference behaviour. */
  readonly profile: Profile | undefined
  /** Becomes another age of the existing backend, or the reference app; the rows stay. */
  readonly switchProfile: (profile: Profile | undefined) => void
  /** Puts rows in without a request. */
  readonly seed: SeedApi
  /** The rows. */
  readonly store: Store
  /** All requests so far, in the order in which they came. */
  readonly requests: readonly RecordedRequest[]
  /** What goes wrong. */
  readonly faults: Faults
  readonly clock: TestClock
  /** Runs the health checks that are due by the clock, see `@ai-ticket-creator/reference-api`; says how many. */
  readonly runDueChecks: () => Promise<number>
  /**
   * Back to the beginning: no rows, requests or faults; generation, profile, clock and ids as at the start. Calls that are still
   * under way end in what was before.
   */
  readonly reset: () => void
}

/**
 * A mock of the API for tests, over MSW and as plain `fetch`.
 *
 * ```ts
 * const api = createTestApi({ generation: 'transitional' })
 * const client = createClient({ baseUrl: api.baseUrl, token: api.token, generation: 'current', fetch: api.fetch })
 * ```
 *
 * @throws RangeError for a base URL, a generation, a seed, a clock or users that can not be.
 */
export function createTestApi(options: TestApiOptions = {}): TestApi {
  const { baseUrl, seed, users, clock, ports } = readOptions(options)
  const { now } = clock
  const control = createFaultRegistry(seed)
  const watchers: RequestObservers = new Set()

  const begin = () => {
    const [store, ids] = [createMemoryStore(), seededIds(seed)]
    const app = createApp({ onError: console.error, ...ports, store, ids, users, clock: now })
    return { app, store, ids, requests: [] as PendingRecord[], control, now, users, watchers }
  }
  let state = begin()
  const answer: RequestHandler = (request, callSite) => handleRequest(state, request, callSite)
  // A stack costs some microseconds.
  const siteOf = (callee: Callee) => (watchers.size > 0 ? callSiteOf(callee) : undefined)

  const api: TestApi = {
    handlers: [createHandler(baseUrl, answer)],
    fetch: createFetch(baseUrl, answer, siteOf),
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
    store: {
      get integrations() {
        return state.store.integrations
      },
      get tickets() {
        return state.store.tickets
      },
      get keys() {
        return state.store.keys
      },
    },
    get requests() {
      return state.requests
    },
    faults: control.faults,
    clock,
    runDueChecks: () => state.app.runDueChecks(),
    reset() {
      // First, so that nobody who waits for the old clock meets the new rows.
      state = begin()
      control.reset()
      clock.reset()
    },
  }
  registerObservers(api, watchers)
  return api
}

function readOptions(options: TestApiOptions) {
  const { baseUrl = nextHost(), seed = 1, clock = testClock(), users = [DEFAULT_USER], ...ports } = options
  if (typeof clock?.now !== 'function') throw new RangeError('`clock` must be a `testClock()`')
  const [owner, ...others] = users
  if (owner === undefined) throw new RangeError('`users` must name at least one user')
  if (!(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32))
    throw new RangeError('`seed` must be a whole number from 0 to 4294967295')
  return { baseUrl: readBaseUrl(baseUrl), seed, clock, users: [owner, ...others] as const, ports }
}
