import { ENDPOINT_IDS, type EndpointId, type Generation } from '@ai-ticket-creator/domain'
import { isJsonObject } from '@ai-ticket-creator/domain/internal'
import { type Handlers, handlers } from '../handlers/index.ts'
import type { Handler } from '../ports/handler.ts'
import type { Clock } from '../ports/ports.ts'
import { endpointsAt } from '../ports/routes.ts'
import { rows } from './deviations/table.ts'
import type { Around, Circumstances, ErrorReply, Hooks, Layer, Row } from './hooks.ts'
import type { About, ReadingHabits } from './parsing-hooks.ts'
import type { Profile } from './profile.ts'
import type { RateLimit } from './rate-limit-option.ts'

/** What an app does at its seams. */
export interface Behavior extends ReadingHabits {
  readonly outside: (policy: RateLimit | undefined, clock: Clock) => Layer
  readonly endpointsAt: (path: string) => readonly EndpointId[]
  readonly filterHeaders: (request: Request) => Request
  readonly isOpen: (endpointId: EndpointId) => boolean
  readonly handlers: Handlers
  readonly replyGeneration: (endpointId: EndpointId, generation: Generation) => Generation
  readonly reply: (reply: unknown, about: About) => unknown
  readonly error: (reply: ErrorReply, about: Circumstances) => ErrorReply
  readonly headers: (headers: Readonly<Record<string, string>>) => Readonly<Record<string, string>>
  readonly checks: boolean
}

/** The reference app: nothing is done at any seam. */
const reference: Behavior = {
  outside: () => (_request, next) => next(),
  endpointsAt,
  filterHeaders: (request) => request,
  isOpen: () => false,
  body: (raw) => raw,
  query: (pairs) => pairs,
  faults: (issues) => issues,
  handlers,
  replyGeneration: (_endpointId, generation) => generation,
  reply: (reply) => reply,
  error: (reply) => reply,
  headers: (headers) => headers,
  checks: true,
}

/** What the rows of a profile come to; without one, the reference app. */
export function behaviorOf(profile: Profile | undefined): Behavior {
  if (profile === undefined) return reference

  const mine = rows.filter(({ profiles }) => profiles.includes(profile))
  const all = <Seam extends keyof Hooks>(seam: Seam): readonly NonNullable<Row[Seam]>[] =>
    mine.flatMap(({ [seam]: hook }) => (hook === undefined ? [] : [hook]))
  const [unrouted, unheard, unsaid, open] = [
    new Set(all('removedRoutes').flat()),
    all('ignoredRequestHeaders').flat(),
    new Set(all('omittedResponseHeaders').flat()),
    new Set(all('open').flat()),
  ]
  const [body, query, faults, reply, error] = [all('body'), all('query'), all('faults'), all('reply'), all('error')]
  return {
    outside: (policy, clock) => nest(all('middleware').map((layer) => layer(policy, clock))),
    endpointsAt: (path) => endpointsAt(path).filter((endpointId) => !unrouted.has(endpointId)),
    filterHeaders: (request) => without(request, unheard),
    isOpen: (endpointId) => open.has(endpointId),
    body: (raw, about) => (isJsonObject(raw) ? body.reduce((fields, hook) => hook(fields, about), raw) : raw),
    query: (pairs, about) => query.reduce((left, hook) => hook(left, about), pairs),
    faults: (issues, about) => faults.reduce((left, hook) => hook(left, about), issues),
    handlers: surround(all('around')),
    replyGeneration: (endpointId, generation) =>
      all('replyGeneration').reduce((words, hook) => hook(endpointId) ?? words, generation),
    reply: (shown, about) => reply.reduce((left, hook) => hook(left, about), shown),
    error: (shown, about) => error.reduce((left, hook) => hook(left, about), shown),
    headers: (headers) => Object.fromEntries(Object.entries(headers).filter(([name]) => !unsaid.has(name))),
    checks: all('checks').length === 0,
  }
}

const nest =
  (layers: readonly Layer[]): Layer =>
  (request, next) =>
    layers.reduceRight<() => Promise<Response>>((inner, layer) => () => layer(request, inner), next)()

function without(request: Request, names: readonly string[]): Request {
  if (!names.some((name) => request.headers.has(name))) return request
  const heard = new Request(request)
  for (const name of names) heard.headers.delete(name)
  return heard
}

function surround(layers: readonly Around[]): Handlers {
  const one = (endpointId: EndpointId): Handler<EndpointId> =>
    layers.reduceRight<Handler<EndpointId>>((next, layer) => {
      // Typed by its endpoint; the types can not follow an id that is known only at run time.
      const wrap = layer[endpointId] as Wrapper | undefined
      return wrap === undefined ? next : (call) => wrap(call, next)
    }, handlers[endpointId])
  // One for each id.
  return Object.fromEntries(ENDPOINT_IDS.map((id) => [id, one(id)])) as Handlers
}

type Wrapper = (call: Parameters<Handler<EndpointId>>[0], next: Handler<EndpointId>) => ReturnType<Handler<EndpointId>>
