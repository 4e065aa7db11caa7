import { isJsonObject } from '@ai-ticket-creator/domain/internal'
import type { CallSite } from './call-site.ts'
import type { RecordedRequest } from './recorded-request.ts'

/** Observes the requests of a test API. */
export interface RequestObserver {
  onRequest(request: RecordedRequest, callSite: CallSite | undefined): void
  /** Called for an error response. `codes`: the code of the problem and the codes of its fields. */
  onProblem(request: RecordedRequest, codes: readonly string[], callSite: CallSite | undefined): void
}

/** The observers of one test API. */
export type RequestObservers = Set<RequestObserver>

// Kept apart from the public object, so that observers are no part of its interface.
const observersByApi = new WeakMap<object, RequestObservers>()

/** Makes a test API observable. */
export function registerObservers(api: object, observers: RequestObservers): void {
  observersByApi.set(api, observers)
}

/** The observers of a test API; undefined for any other object. */
export const observersOf = (api: object): RequestObservers | undefined => observersByApi.get(api)

/** The codes in a response. Its body stays readable. */
export async function codesIn(response: Response): Promise<readonly string[]> {
  if (response.status < 400) return []
  try {
    return codesOf(await response.clone().json())
  } catch {
    return []
  }
}

/** The code of a problem and the codes of its fields, without duplicates. */
export function codesOf(problem: unknown): readonly string[] {
  const items = isJsonObject(problem) && Array.isArray(problem['detail']) ? problem['detail'] : []
  const codes = [problem, ...items].map((one: unknown) => (isJsonObject(one) ? one['code'] : undefined))
  return [...new Set(codes.filter((code) => typeof code === 'string'))]
}
