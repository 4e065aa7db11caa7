import { ENDPOINT_IDS, type EndpointId, type Generation } from '@ai-ticket-creator/domain'
import { isJsonObject } from '@ai-ticket-creator/domain/internal'
import { type Handlers, handlers } from '../handlers/index.ts'
import type { Handler } from '../ports/handler.ts'
import type { Clock } from '../ports/ports.ts'
import { endpointsAt } from '../ports/routes.ts'
import { rows } from './deviations/table.ts'
import type { ErrorReply, FailedRequest, HandlerWrappers, Hooks, Middleware, Row } from './hooks.ts'
import type { HookTarget, ParsingHooks } from './parsing-hooks.ts'
import type { Profile } from './profile.ts'
import type { RateLimit } from './rate-limit-option.ts'

/** The combined hooks of an app. */
export interface Behavior extends ParsingHooks {
  readonly middleware: (policy: RateLimit | undefined, clock: Clock) => Middleware
  readonly endpointsAt: (path: string) => readonly EndpointId[]
  readonly filterHeaders: (request: Request) => Request
  readonly isPublic: (endpointId: EndpointId) => boolean
  readonly handlers: Handlers
  readonly replyGeneration: (endpointId: EndpointId, generation: Generation) => Generation
  readonly reply: (reply: unknown, target: HookTarget) => unknown
  readonly error: (reply: ErrorReply, failed: FailedRequest) => ErrorReply
  readonly headers: (headers: Readonly<Record<string, string>>) => Readonly<Record<string, string>>
  readonly pathParam: (value: string) => string
  /** Whether other methods of a fixed path match a path with a parameter, as GET `/tickets/ai-create` does. */
  readonly fallsThrough: (path: string) => boolean
  readonly refusesHead: boolean
  readonly absoluteRedirects: boolean
  /** Whether health checks become due and run on their own. */
  readonly runsHealthChecks: boolean
}

/** The reference app: no hook does anything. */
const reference: Behavior = {
  middleware: () => (_request, next) => next(),
  endpointsAt,
  filterHeaders: (request) => request,
  isPublic: () => false,
  nulls: () => 'receiver',
  body: (raw) => raw,
  query: (pairs) => pairs,
  issues: (issues) => issues,
  handlers,
  replyGeneration: (_endpointId, generation) => generation,
  reply: (reply) => reply,
  error: (reply) => reply,
  headers: (headers) => headers,
  pathParam: (value) => value,
  fallsThrough: () => false,
  refusesHead: false,
  absoluteRedirects: false,
  runsHealthChecks: true,
}

/** Combines the rows of a profile; without a profile, the reference app. */
export function behaviorOf(profile: Profile | undefined): Behavior {
  if (profile === undefined) return reference

  const rowsOfProfile = rows.filter(({ profiles }) => profiles.includes(profile))
  const hooksOf = <Kind extends keyof Hooks>(kind: Kind): readonly NonNullable<Row[Kind]>[] =>
    rowsOfProfile.map((row) => row[kind]).filter((hook) => hook !== undefined)
  const removed = new Set(hooksOf('removedRoutes').flat())
  const ignoredHeaders = hooksOf('ignoredRequestHeaders').flat()
  const omittedHeaders = new Set(hooksOf('omittedResponseHeaders').flat())
  const publicEndpoints = new Set(hooksOf('publicEndpoints').flat())
  const fallThroughPaths = new Set(hooksOf('fallThroughPaths').flat())
  const nullIsValue = new Set(hooksOf('nullIsValue').flat())
  const [body, query, issues, reply, error] = [
    hooksOf('body'),
    hooksOf('query'),
    hooksOf('issues'),
    hooksOf('reply'),
    hooksOf('error'),
  ]
  const [replyGenerations, pathParams] = [hooksOf('replyGeneration'), hooksOf('pathParam')]
  return {
    middleware: (policy, clock) => composeMiddleware(hooksOf('middleware').map((create) => create(policy, clock))),
    endpointsAt: (path) => endpointsAt(path).filter((endpointId) => !removed.has(endpointId)),
    filterHeaders: (request) => without(request, ignoredHeaders),
    isPublic: (endpointId) => publicEndpoints.has(endpointId),
    nulls: (endpointId) => (nullIsValue.has(endpointId) ? 'value' : reference.nulls(endpointId)),
    body: (raw, target) => (isJsonObject(raw) ? body.reduce((fields, hook) => hook(fields, target), raw) : raw),
    query: (pairs, target) => query.reduce((rest, hook) => hook(rest, target), pairs),
    issues: (found, parsed) => issues.reduce((rest, hook) => hook(rest, parsed), found),
    handlers: wrapHandlers(hooksOf('handlers')),
    replyGeneration: (endpointId, generation) =>
      replyGenerations.reduce((previous, hook) => hook(endpointId) ?? previous, generation),
    reply: (encoded, target) => reply.reduce((previous, hook) => hook(previous, target), encoded),
    error: (encoded, failed) => error.reduce((previous, hook) => hook(previous, failed), encoded),
    headers: (headers) => Object.fromEntries(Object.entries(headers).filter(([name]) => !omittedHeaders.has(name))),
    pathParam: (value) => pathParams.reduce((previous, hook) => hook(previous), value),
    fallsThrough: (path) => fallThroughPaths.has(path),
    refusesHead: hooksOf('refusesHead').length > 0,
    absoluteRedirects: hooksOf('absoluteRedirects').length > 0,
    runsHealthChecks: hooksOf('runsHealthChecks').length === 0,
  }
}

const composeMiddleware =
  (layers: readonly Middleware[]): Middleware =>
  (request, next) =>
    layers.reduceRight<() => Promise<Response>>((inner, layer) => () => layer(request, inner), next)()

function without(request: Request, names: readonly string[]): Request {
  if (!names.some((name) => request.headers.has(name))) return request
  const copy = new Request(request)
  for (const name of names) copy.headers.delete(name)
  return copy
}

function wrapHandlers(layers: readonly HandlerWrappers[]): Handlers {
  const wrapOne = (endpointId: EndpointId): Handler<EndpointId> =>
    layers.reduceRight<Handler<EndpointId>>((next, layer) => {
      // Each wrapper has the type of its endpoint. TypeScript cannot narrow it, because the id is known only at run time.
      const wrap = layer[endpointId] as Wrapper | undefined
      return wrap === undefined ? next : (call) => wrap(call, next)
    }, handlers[endpointId])
  // One entry for each id.
  return Object.fromEntries(ENDPOINT_IDS.map((id) => [id, wrapOne(id)])) as Handlers
}

type Wrapper = (call: Parameters<Handler<EndpointId>>[0], next: Handler<EndpointId>) => ReturnType<Handler<EndpointId>>
