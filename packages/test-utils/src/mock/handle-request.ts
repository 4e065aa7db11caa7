import { type App, BASE_PATH } from '@ai-ticket-creator/reference-api'
import { TestApiError } from '../core/errors.ts'
import type { FaultContext } from './faults/fault.ts'
import type { FaultRegistry } from './faults/fault-registry.ts'
import type { CallSite } from './recording/call-site.ts'
import { codesIn, codesOf, type RequestObservers } from './recording/observers.ts'
import { type PendingRecord, recordHeaders, startRecord } from './recording/recorded-request.ts'

/** The state with which a request is handled. `reset` replaces the state for later requests. */
export interface MockState {
  readonly app: App
  readonly registry: FaultRegistry
  readonly requests: PendingRecord[]
  readonly now: () => Date
  readonly observers: RequestObservers
}

/** Records a request, applies the faults, and calls the API. Throws if a fault breaks the connection. */
export async function handleRequest(state: MockState, request: Request, callSite?: CallSite): Promise<Response> {
  const { app, registry, requests, now, observers } = state
  const record = await startRecord(request, app.generation)
  requests.push(record)
  for (const observer of observers) observer.onRequest(record, callSite)
  const problem: ProblemCodes = { codes: [], isObserved: observers.size > 0 }
  try {
    checkPath(request)
    const context = {
      signal: request.signal,
      now,
      respondWithProblem: createResponder(app, request, problem),
      switchGeneration(generation: App['generation']) {
        app.switchGeneration(generation)
        record.generation = generation
      },
    }
    const response = await registry.applyFaults(record, context, () => callApp(app, request, record, problem))
    record.status = response.status
    if (response.status >= 400) for (const observer of observers) observer.onProblem(record, problem.codes, callSite)
    return response
  } catch (error) {
    record.status = 'no answer'
    throw error
  }
}

/** The codes of the problem in the response. They are read only for observers, because this parses the body. */
interface ProblemCodes {
  codes: readonly string[]
  readonly isObserved: boolean
}

/** A path outside of the API is an error instead of a 404: a wrong base URL must not look like a missing row. */
function checkPath({ method, url }: Request): void {
  const { origin, pathname } = new URL(url)
  // Clients request the OpenAPI document of an API that does not announce its generation. The app answers 404.
  if (pathname.startsWith(`${BASE_PATH}/`) || pathname === '/openapi.json') return
  throw new TestApiError(
    'UNHANDLED_REQUEST',
    `${method} ${origin}${pathname} does not exist: the paths of the test API start with ${origin}${BASE_PATH}`,
  )
}

async function callApp(app: App, request: Request, record: PendingRecord, problem: ProblemCodes): Promise<Response> {
  record.generation = app.generation
  const response = await app.fetch(request)
  recordHeaders(record, response)
  if (problem.isObserved) problem.codes = await codesIn(response)
  return response
}

/** Faults respond with problems that have the headers of every reply. These are copied from the response to an unknown path. */
const createResponder =
  (app: App, request: Request, problem: ProblemCodes): FaultContext['respondWithProblem'] =>
  async (status, body, headers = {}) => {
    problem.codes = codesOf(body)
    const requestId = request.headers.get('X-Request-Id')
    const { headers: usual } = await app.fetch(
      new Request(new URL('/', request.url), { headers: requestId === null ? {} : { 'X-Request-Id': requestId } }),
    )
    const response = new Response(JSON.stringify(body), { status, headers: usual })
    for (const [name, value] of Object.entries(headers)) response.headers.set(name, value)
    return response
  }
