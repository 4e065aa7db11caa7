import { type EndpointId, endpointOf, type Generation } from '@ai-ticket-creator/domain'
import { type Context, Hono } from 'hono'
import { TrieRouter } from 'hono/router/trie-router'
import { type AppOptions, resolveOptions, wireGenerationOf } from './app-options.ts'
import { handleRequest } from './http/handle-request.ts'
import { limitCalls } from './http/rate-limit.ts'
import { type AppContext, respondWithInternalError } from './http/request-context.ts'
import { refuseMethod, refusePath } from './http/unmatched-requests.ts'
import { PATHS, toRoute } from './ports/routes.ts'
import { behaviorOf } from './profiles/behavior.ts'
import type { Profile } from './profiles/profile.ts'
import type { RateLimit } from './profiles/rate-limit-option.ts'
import { runDueChecks } from './services/due-checks.ts'

/** The API as a function from request to response. */
export interface App {
  /** Answers a request below `/api/v1`. Never rejects. */
  readonly fetch: (request: Request) => Promise<Response>
  readonly generation: Generation
  /** The revision of the existing backend that the app reproduces; undefined for the reference behaviour. */
  readonly profile: Profile | undefined
  /**
   * Changes the generation, as a deployment or rollback does, and keeps the rows. Throws a `TypeError` if the app has a
   * profile of another generation.
   */
  readonly switchGeneration: (generation: Generation) => void
  /**
   * Changes the profile, and with it the generation, and keeps the rows. `undefined` returns to the reference behaviour and
   * keeps the generation.
   */
  readonly switchProfile: (profile: Profile | undefined) => void
  /**
   * Runs the health checks that are due by the app's clock and returns the number of integrations checked. A change of
   * status makes checks due; a failed check is due again after `checkInterval`. With a profile no check runs.
   *
   * The app never calls this method: a server calls it from a timer, a test when it needs to. When several processes call
   * it, each due check runs once. Never rejects: `onError` receives the failures.
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
  let context = resolveOptions(options)
  let serve = createRouter(context, options.rateLimit)

  return {
    fetch: (request) => serve(request),
    get generation() {
      return context.generation
    },
    get profile() {
      return context.profile
    },
    switchGeneration(generation) {
      context.generation = wireGenerationOf(context.profile, generation)
    },
    switchProfile(profile) {
      // A new context: requests in progress keep the one in which they started.
      context = {
        ...context,
        profile,
        behavior: behaviorOf(profile),
        generation: wireGenerationOf(profile, undefined, context.generation),
      }
      serve = createRouter(context, options.rateLimit)
    },
    runDueChecks: async () =>
      context.behavior.runsHealthChecks
        ? runDueChecks(context, (error) => context.onError(error, { requestId: 'due-checks' }))
        : 0,
  }
}

const serveMethod = (
  app: AppContext,
  path: string,
  endpointId: EndpointId,
  hono: Context,
): Promise<Response> | Response =>
  // Hono calls the route of GET for HEAD too.
  app.behavior.refusesHead && hono.req.raw.method === 'HEAD'
    ? refuseMethod(app, path, hono)
    : handleRequest(app, endpointId, hono)

function createRouter(app: AppContext, rateLimit: RateLimit | undefined): App['fetch'] {
  // The default router first tries a faster one, which does not support these paths.
  // That attempt takes most of the time of `createApp`.
  const routes = new Hono({ router: new TrieRouter() })
  for (const path of PATHS) {
    const endpoints = app.behavior.endpointsAt(path)
    if (endpoints.length === 0) continue
    for (const endpointId of endpoints)
      routes.on(endpointOf(endpointId).method, toRoute(path), (hono) => serveMethod(app, path, endpointId, hono))
    // Registered before the next path, so that `PUT /integrations/active` does not match `/integrations/{integration_id}`.
    if (!app.behavior.fallsThrough(path)) routes.all(toRoute(path), (hono) => refuseMethod(app, path, hono))
  }
  routes.notFound((hono) => refusePath(app, hono))
  // By default Hono prints the error and answers with plain text.
  routes.onError((error) => {
    throw error
  })

  const middleware = app.behavior.middleware(rateLimit, app.clock)
  const route: App['fetch'] = async (request) => middleware(request, async () => routes.fetch(request))
  // A profile limits calls in its middleware.
  const handle = rateLimit !== undefined && app.profile === undefined ? limitCalls(app, rateLimit, route) : route
  return async (request) => {
    try {
      return await handle(request)
    } catch (error) {
      return respondWithInternalError(app, request, error)
    }
  }
}
