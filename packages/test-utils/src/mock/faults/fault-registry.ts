import { ENDPOINT_IDS, type EndpointId } from '@ai-ticket-creator/domain'
import { checkKeys, checkOneOf } from '../../core/check-options.ts'
import { createRandom, type Random } from '../../core/random.ts'
import type { PendingRecord, RecordedRequest } from '../recording/recorded-request.ts'
import type { Fault, FaultContext } from './fault.ts'

/** The requests to which a fault is applied, and how often. */
export interface FaultRule {
  readonly fault: Fault
  /** One endpoint or several. Default: all requests, also to paths outside of the contract. */
  readonly endpoint?: EndpointId | readonly EndpointId[]
  /** Only requests for which this returns true. */
  readonly when?: (request: RecordedRequest) => boolean
  /** The maximum number of times that the fault fires. Default: no limit. */
  readonly times?: number
  /** The probability that the fault fires for a matching request, from 0 to 1, drawn from the seed. Default: 1. */
  readonly probability?: number
}

/** A fault that was added, for lists and the messages of failed assertions. */
export interface FaultEntry {
  readonly fault: string
  /** `any` when the rule has no endpoint. */
  readonly endpoint: EndpointId | readonly EndpointId[] | 'any'
  /** `Infinity` when the rule has no limit. */
  readonly times: number
  readonly probability: number
  readonly fired: number
}

/** Returned by `faults.add`. */
export interface FaultHandle {
  /** How often the fault has fired. */
  readonly fired: number
  readonly remove: () => void
}

/** The faults of a test API. If several match one request, all are applied; the one that was added first is outermost. */
export interface Faults {
  /**
   * ```ts
   * api.faults.add({ endpoint: 'tickets.create', fault: dropResponse(), times: 1 })
   * ```
   *
   * @throws RangeError for an invalid fault, endpoint, count or probability.
   */
  readonly add: (rule: FaultRule) => FaultHandle
  /** All faults, in the order in which they were added. */
  readonly list: () => readonly FaultEntry[]
  /** Faults that never fired. At the end of a test there should be none: a fault that never fired is not tested. */
  readonly unused: () => readonly FaultEntry[]
  /** Removes all faults. */
  readonly clear: () => void
}

interface ActiveFault {
  readonly rule: FaultRule
  readonly random: Random
  fired: number
}

/** The part of the context that is the same for all faults of a request. */
type RequestContext = Omit<FaultContext, 'next' | 'skip' | 'request'>

/** The faults of one test API, with the functions that only the mock uses. */
export interface FaultRegistry {
  readonly faults: Faults
  /** Runs `api` with the matching faults around it. */
  readonly applyFaults: (
    record: PendingRecord,
    context: RequestContext,
    api: () => Promise<Response>,
  ) => Promise<Response>
  /** Removes all faults and restarts the random series. */
  readonly reset: () => void
}

export function createFaultRegistry(seed: number): FaultRegistry {
  let active: readonly ActiveFault[] = []
  let addedCount = 0

  const clear = (): void => {
    active = []
  }
  return {
    faults: {
      add(rule) {
        checkRule(rule)
        // Each fault has its own random series, so adding one does not change when the others fire.
        const added: ActiveFault = { rule, random: createRandom(seed, addedCount++), fired: 0 }
        active = [...active, added]
        return {
          get fired() {
            return added.fired
          },
          remove() {
            active = active.filter((fault) => fault !== added)
          },
        }
      },
      list: () => active.map(toEntry),
      unused: () => active.filter(({ fired }) => fired === 0).map(toEntry),
      clear,
    },
    applyFaults: (record, context, api) => applyEach(active, record, context, api),
    reset() {
      clear()
      addedCount = 0
    },
  }
}

async function applyEach(
  active: readonly ActiveFault[],
  record: PendingRecord,
  context: RequestContext,
  api: () => Promise<Response>,
): Promise<Response> {
  const [outermost, ...inner] = active
  if (outermost === undefined) return api()

  const next = (): Promise<Response> => applyEach(inner, record, context, api)
  if (!fires(outermost, record)) return next()

  // The fault is counted before it is applied, so that `times: 1` fires once for two simultaneous requests.
  const { fault } = outermost.rule
  outermost.fired++
  record.faults.push(fault.name)
  const skip = (): void => {
    outermost.fired--
    record.faults.splice(record.faults.indexOf(fault.name), 1)
  }
  return fault.apply({ ...context, request: record, next, skip })
}

function fires({ rule, random, fired }: ActiveFault, record: RecordedRequest): boolean {
  const { endpoint, when, times = Number.POSITIVE_INFINITY, probability = 1 } = rule
  if (endpoint !== undefined && !([endpoint].flat() as readonly unknown[]).includes(record.endpoint)) return false
  if (when !== undefined && !when(record)) return false
  // The number is drawn even when `times` is used up, so the result for a request depends only on the requests before it.
  return random() < probability && fired < times
}

const RULE_KEYS = Object.keys({
  fault: true,
  endpoint: true,
  when: true,
  times: true,
  probability: true,
} satisfies Record<keyof FaultRule, true>)

function checkRule(rule: FaultRule): void {
  checkKeys('a key of a fault rule', Object.keys(rule), RULE_KEYS)
  const { fault, endpoint = [], times = 1, probability = 1 } = rule
  // A function has an `apply` too: a fault that was not called, such as `dropResponse` without parentheses.
  if (typeof fault !== 'object' || typeof fault?.apply !== 'function')
    throw new RangeError('`fault` must be a fault, such as `dropResponse()`')
  for (const id of [endpoint].flat()) checkOneOf('`endpoint`: the contract has no', id, ENDPOINT_IDS)
  if (!(Number.isInteger(times) && times > 0)) throw new RangeError('`times` must be a whole number above 0')
  if (!(probability >= 0 && probability <= 1)) throw new RangeError('`probability` must be from 0 to 1')
}

function toEntry({ rule, fired }: ActiveFault): FaultEntry {
  const { fault, endpoint = 'any', times = Number.POSITIVE_INFINITY, probability = 1 } = rule
  return { fault: fault.name, endpoint, times, probability, fired }
}
