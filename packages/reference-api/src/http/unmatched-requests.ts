import { endpointOf, type Generation, isAvailable } from '@ai-ticket-creator/domain'
import type { Context as HonoContext } from 'hono'
import { ProblemError, pathNotFound } from '../errors/problem-error.ts'
import { PATHS, pathPattern } from '../ports/routes.ts'
import { type AppContext, respondWithProblem, startRequest, toResponse } from './request-context.ts'

/** Answers a method that a path does not accept. */
export function refuseMethod(app: AppContext, path: string, hono: HonoContext): Response {
  const context = startRequest(app, hono.req.raw)
  return respondWithProblem(app, context, methodNotAllowed(app, path, context.generation))
}

/** A 405 with the methods that a path accepts; a 404 if it accepts none in the generation. */
export function methodNotAllowed({ behavior }: AppContext, path: string, generation: Generation): ProblemError {
  const available = behavior.endpointsAt(path).filter((id) => isAvailable(id, generation))
  const methods = available.map((id) => endpointOf(id).method).join(', ')
  if (methods === '') return pathNotFound()
  return new ProblemError('method_not_allowed', `this path accepts ${methods}`, { headers: { Allow: methods } })
}

/**
 * Answers an unknown path. A path that differs from a known one only by the last slash is redirected with 307, which keeps
 * method and body (existing backend: paths and redirects).
 */
export function refusePath(app: AppContext, hono: HonoContext): Response {
  const context = startRequest(app, hono.req.raw)
  const url = new URL(context.request.url)
  const alternative = url.pathname.endsWith('/') ? url.pathname.slice(0, -1) : `${url.pathname}/`
  const isKnown = PATHS.some((path) => app.behavior.endpointsAt(path).length > 0 && pathPattern(path).test(alternative))
  if (!isKnown) return respondWithProblem(app, context, pathNotFound())

  // Relative: behind TLS or a proxy the app does not see the public scheme and host.
  const origin = app.behavior.absoluteRedirects ? url.origin : ''
  return toResponse(app, context, 307, undefined, { Location: origin + alternative + url.search })
}
