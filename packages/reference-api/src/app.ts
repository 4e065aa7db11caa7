import { endpointOf, type Generation } from '@ai-ticket-creator/domain'
import { Hono } from 'hono'
import { type AppOptions, resolveOptions, wireGenerationOf } from './app-options.ts'
import { handleRequest, refuseMethod, refusePath } from './http/handle-request.ts'
import { type AppContext, respondWithInternalError } from './http/request-context.ts'
import { PATHS, toRoute } from './ports/routes.ts'
import { behaviorOf } from './profiles/behavior.ts'
import type { Profile } from './profiles/profile.ts'
import type { RateLimit } from './profiles/rate-limit-option.ts'
import { runDueChecks } from './services/due-checks.ts'

/** The API as a function from request to reply. */
export interface App {
  /** Answers a request below `/api/v1`. Never rejects. */
  readonly fetch: (request: Request) => Promise<Response>
  readonly generation: Generation
  /** The age of the existing backend that it behaves as; undefined for the reference behaviour. */
  readonly profile: Profile | undefined
  /** Changes the words it speaks, as a roll-out or a rollback does; the rows stay. A profile has only its own words. */
  readonly switchGeneration: (generation: Generation) => void
  /**
   * Becomes another age of the existing backend, with its words, or the reference app (`undefined`), which speaks on as
   * before until `switchGeneration`; the rows stay.
   */
  readonly switchProfile: (profile: Profile | undefined) => void
  /**
   * Runs the checks that are due by the app's clock, in order, and says how many integrations were checked. A change of
   * status makes them due, and so does the interval after a failure. Nothing runs by itself: a server calls this from a
   * timer, a test when it likes. Several processes may call it; each check is run by one.
   * Never rejects: `onError` is told.
   */
  readonly runDueChecks: () => Promise<number>
}

/**
 * The AI Ticket Creator API, as a function.
 *
 * ```ts
 * const app = createApp({ generation: 'transitional' })
 * const reply = await app.fetch(
 *   new Request('http://localhost/api/v1/integrations/', { headers: { Authorization: 'Bearer test-token' } }),
 * )
 * ```
 */
export function createApp(options: AppOptions = {}): App {
  let house = resolveOptions(options)
  let serve = createRouter(house, options.rateLimit)

  return {
    fetch: (request) => serve(request),
    get generation() {
      return house.generation
    },
    get profile() {
      return house.profile
    },
    switchGeneration(generation) {
      house.generation = wireGenerationOf(house.profile, generation)
    },
    switchProfile(profile) {
      // A house of its own: what is under way ends in the one where it began.
      house = {
        ...house,
        profile,
        behavior: behaviorOf(profile),
        generation: wireGenerationOf(profile, undefined, house.generation),
      }
      serve = createRouter(house, options.rateLimit)
    },
    runDueChecks: async () =>
      house.behavior.checks ? runDueChecks(house, (error) => house.onError(error, { requestId: 'due-checks' })) : 0,
  }
}

function createRouter(house: AppContext, rateLimit: RateLimit | undefined): App['fetch'] {
  const routes = new Hono()
  for (const path of PATHS) {
    const endpoints = house.behavior.endpointsAt(path)
    if (endpoints.length === 0) continue
    for (const endpointId of endpoints)
      routes.on(endpointOf(endpointId).method, toRoute(path), (context) => handleRequest(house, endpointId, context))
    // At once, so that `PUT /integrations/active` is not taken for a change of the integration with the id `active`.
    routes.all(toRoute(path), (context) => refuseMethod(house, path, context))
  }
  routes.notFound((context) => refusePath(house, context))
  // Hono's own answer is a text, and it prints the error.
  routes.onError((error) => {
    throw error
  })

  const outside = house.behavior.outside(rateLimit, house.clock)
  return async (request) => {
    try {
      return await outside(request, async () => routes.fetch(request))
    } catch (error) {
      return respondWithInternalError(house, request, error)
    }
  }
}
