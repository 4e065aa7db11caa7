import type { RecordedRequest } from './recorded-request.ts'

/** What somebody who watches a test API is told of each request. */
export interface RequestObserver {
  /** A request came. */
  sent(request: RecordedRequest, callSite: string | undefined): void
  /** It was answered with a problem: its code, and those of its fields. */
  refused(request: RecordedRequest, codes: readonly string[], callSite: string | undefined): void
}

/** Those who watch one test API. */
export type RequestObservers = Set<RequestObserver>

const watched = new WeakMap<object, RequestObservers>()

/** Lets a test API be watched. */
export function registerObservers(api: object, watchers: RequestObservers): void {
  watched.set(api, watchers)
}

/** Those who watch a test API; undefined when it is none. */
export const observersOf = (api: object): RequestObservers | undefined => watched.get(api)

/** The codes in the answer of the app, which is left unread. */
export async function codesIn(response: Response): Promise<readonly string[]> {
  if (response.status < 400) return []
  try {
    return codesOf(await response.clone().json())
  } catch {
    return []
  }
}

/** The code of a problem, and those of its fields, each once. */
export function codesOf(problem: unknown): readonly string[] {
  const items = isObject(problem) && Array.isArray(problem['detail']) ? problem['detail'] : []
  const codes = [problem, ...items].map((one: unknown) => (isObject(one) ? one['code'] : undefined))
  return [...new Set(codes.filter((code) => typeof code === 'string'))]
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null
