import { type App, BASE_PATH } from '@ai-ticket-creator/reference-api'
import { TestApiError } from '../core/errors.ts'
import type { FaultContext } from './faults/fault.ts'
import type { FaultRegistry } from './faults/fault-registry.ts'
import { codesIn, codesOf, type RequestObservers } from './recording/observers.ts'
import { type PendingRecord, recordHeaders, startRecord } from './recording/recorded-request.ts'

/** What a request meets. */
export interface MockState {
  readonly app: App
  readonly control: FaultRegistry
  readonly requests: PendingRecord[]
  readonly now: () => Date
  readonly watchers: RequestObservers
}

/** Records a request and answers it, by the API and the faults before it; throws what broke the connection. */
export async function handleRequest(
  { app, control, requests, now, watchers }: MockState,
  request: Request,
  callSite?: string,
): Promise<Response> {
  const record = await startRecord(request, app.generation)
  requests.push(record)
  for (const watcher of watchers) watcher.sent(record, callSite)
  const watch: Watch = { met: [], isOn: watchers.size > 0 }
  try {
    checkPath(request)
    const exchange = {
      signal: request.signal,
      now,
      respondWithProblem: createRefuse(app, request, watch),
      switchGeneration(generation: App['generation']) {
        app.switchGeneration(generation)
        record.generation = generation
      },
    }
    const response = await control.applyFaults(record, exchange, () => ask(app, request, record, watch))
    record.status = response.status
    if (response.status >= 400) for (const watcher of watchers) watcher.refused(record, watch.met, callSite)
    return response
  } catch (error) {
    record.status = 'no answer'
    throw error
  }
}

/** The codes of the problem that is answered; looked at only when somebody wants to know. */
interface Watch {
  met: readonly string[]
  readonly isOn: boolean
}

/** What lies outside of the API is no 404 of it: a wrong base URL should not look like a missing row. */
function checkPath({ method, url }: Request): void {
  const { origin, pathname } = new URL(url)
  // Clients may ask for the document of an API that does not name its generation. There is none: 404.
  if (pathname.startsWith(`${BASE_PATH}/`) || pathname === '/openapi.json') return
  throw new TestApiError(
    'UNHANDLED_REQUEST',
    `${method} ${origin}${pathname} is not served: the test API lives below ${origin}${BASE_PATH}`,
  )
}

async function ask(app: App, request: Request, record: PendingRecord, watch: Watch): Promise<Response> {
  record.generation = app.generation
  const response = await app.fetch(request)
  recordHeaders(record, response)
  if (watch.isOn) watch.met = await codesIn(response)
  return response
}

/** An answer with the headers that all answers have. They are the app's own, of a path that it does not know. */
const createRefuse =
  (app: App, request: Request, watch: Watch): FaultContext['respondWithProblem'] =>
  async (status, problem, headers = {}) => {
    watch.met = codesOf(problem)
    const asked = request.headers.get('X-Request-Id')
    const { headers: usual } = await app.fetch(
      new Request(new URL('/', request.url), { headers: asked === null ? {} : { 'X-Request-Id': asked } }),
    )
    const response = new Response(JSON.stringify(problem), { status, headers: usual })
    for (const [name, value] of Object.entries(headers)) response.headers.set(name, value)
    return response
  }
