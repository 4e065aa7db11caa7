import type { EndpointId } from '@ai-ticket-creator/domain'
import type { CompletedWork } from '../errors/base.ts'

/** A request of a call, and how often it was sent. */
export interface LoggedRequest {
  readonly endpointId: EndpointId | undefined
  attempts: number
}

/** The requests of a call so far: for its event, and for the error of its time limit. */
export interface RequestLog {
  readonly requests: readonly LoggedRequest[]
  /** How often the current request was sent. */
  readonly attempts: number
  /** Adds a request that was not sent yet. */
  begin(endpointId: EndpointId | undefined): LoggedRequest
}

export function createRequestLog(): RequestLog {
  const requests: LoggedRequest[] = []
  return {
    requests,
    get attempts() {
      return requests.at(-1)?.attempts ?? 0
    },
    begin(endpointId) {
      const request = { endpointId, attempts: 0 }
      requests.push(request)
      return request
    },
  }
}

/** What the requests of a call have written so far. Every error of the call contains it. */
export interface WrittenWork extends CompletedWork {
  /** Fields that were sent and that no reply contains. */
  readonly unverified: readonly string[]
  /** Whether nothing was written yet, so that the call may start again. */
  readonly isEmpty: boolean
  /** Records fields that a request has written, except those that no reply contains. */
  addApplied(fields: readonly string[]): void
  /** Records the id of a created row. */
  setCreated(id: string): void
  addUnverified(fields: readonly string[]): void
  /** Removes a field from the unverified ones: a reply confirms it after all. */
  confirm(field: string): void
}

export function createWrittenWork(): WrittenWork {
  const applied: string[] = []
  const unverified = new Set<string>()
  let created: string | undefined
  return {
    applied,
    get created() {
      return created
    },
    get unverified() {
      return [...unverified]
    },
    get isEmpty() {
      return applied.length === 0 && created === undefined
    },
    addApplied(fields) {
      applied.push(...fields.filter((field) => !unverified.has(field)))
    },
    setCreated(id) {
      created = id
    },
    addUnverified(fields) {
      for (const field of fields) unverified.add(field)
    },
    confirm(field) {
      unverified.delete(field)
    },
  }
}
