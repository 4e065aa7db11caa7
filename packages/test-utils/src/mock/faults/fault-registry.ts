import { ENDPOINT_IDS, type EndpointId } from '@ai-ticket-creator/domain'
import { checkKeys, checkWord } from '../../core/check-options.ts'
import { createRandom, type Random } from '../../core/random.ts'
import type { OpenRecord, RecordedRequest } from '../recording/recorded-request.ts'
import type { Fault, FaultyExchange } from './fault.ts'

/** Which requests a fault strikes, and how often. */
export interface FaultRule {
  readonly fault: Fault
  /** Only this endpoint, or these. Default: all, also paths that the contract does not have. */
  readonly endpoint?: EndpointId | readonly EndpointId[]
  /** Only requests of which this is true. */
  readonly when?: (request: RecordedRequest) => boolean
  /** How often it fires at most. Default: each time. */
  readonly times?: number
  /** How likely a request that fits is struck, from 0 to 1; the seed decides which ones. Default: 1. */
  readonly probability?: number
}

/** A fault that was added, as lists and failing assertions show it. */
export interface FaultEntry {
  readonly fault: string
  /** `any`: no endpoint was named. */
  readonly endpoint: EndpointId | readonly EndpointId[] | 'any'
  readonly times: number
  readonly probability: number
  readonly fired: number
}

/** A fault at work. */
export interface AddedFault {
  readonly fired: number
  /** Takes it away. */
  readonly remove: () => void
}

/** What goes wrong. Several faults that fit one request strike it together, the one that was added first outermost. */
export interface Faults {
  /**
   * ```ts
   * api.faults.add({ endpoint: 'tickets.create', fault: loseAnswer(), times: 1 })
   * ```
   *
   * @throws RangeError for a fault, an endpoint, a count or a probability that can not be.
   */
  readonly add: (rule: FaultRule) => AddedFault
  /** All, in the order in which they were added. */
  readonly list: () => readonly FaultEntry[]
  /** Those that never fired: a test that ends with one did not try what it says. */
  readonly unused: () => readonly FaultEntry[]
  /** Takes all away. */
  readonly clear: () => void
}

interface Armed {
  readonly rule: FaultRule
  readonly random: Random
  fired: number
}

/** What a fault can do to a request, but for what depends on its place in the row. */
type Surroundings = Omit<FaultyExchange, 'next' | 'miss' | 'request'>

/** The faults of one API. */
export interface FaultControl {
  readonly faults: Faults
  /** Answers a request: by the faults that strike it, and by the API where they let it through. */
  readonly strike: (record: OpenRecord, surroundings: Surroundings, api: () => Promise<Response>) => Promise<Response>
  /** As if none had ever been added: the seed begins anew. */
  readonly reset: () => void
}

export function createFaults(seed: number): FaultControl {
  let armed: readonly Armed[] = []
  let added = 0

  const clear = (): void => {
    armed = []
  }
  return {
    faults: {
      add(rule) {
        checkRule(rule)
        // A series of its own: a fault more or less does not change what strikes the others.
        const one: Armed = { rule, random: createRandom(seed, added++), fired: 0 }
        armed = [...armed, one]
        return {
          get fired() {
            return one.fired
          },
          remove() {
            armed = armed.filter((other) => other !== one)
          },
        }
      },
      list: () => armed.map(toEntry),
      unused: () => armed.filter(({ fired }) => fired === 0).map(toEntry),
      clear,
    },
    strike: (record, surroundings, api) => strikeFrom(armed, record, surroundings, api),
    reset() {
      clear()
      added = 0
    },
  }
}

async function strikeFrom(
  armed: readonly Armed[],
  record: OpenRecord,
  surroundings: Surroundings,
  api: () => Promise<Response>,
): Promise<Response> {
  const [one, ...others] = armed
  if (one === undefined) return api()

  const next = (): Promise<Response> => strikeFrom(others, record, surroundings, api)
  if (!fires(one, record)) return next()

  // Counted before it acts: of two requests at once, `times: 1` strikes one.
  const { fault } = one.rule
  one.fired++
  record.faults.push(fault.name)
  const miss = (): void => {
    one.fired--
    record.faults.splice(record.faults.indexOf(fault.name), 1)
  }
  return fault.act({ ...surroundings, request: record, next, miss })
}

function fires({ rule, random, fired }: Armed, record: RecordedRequest): boolean {
  const { endpoint, when, times = Number.POSITIVE_INFINITY, probability = 1 } = rule
  if (endpoint !== undefined && !([endpoint].flat() as readonly unknown[]).includes(record.endpoint)) return false
  if (when !== undefined && !when(record)) return false
  // Drawn also when the count is used up: what a request draws depends on the requests before it alone.
  return random() < probability && fired < times
}

const PARTS = Object.keys({
  fault: true,
  endpoint: true,
  when: true,
  times: true,
  probability: true,
} satisfies Record<keyof FaultRule, true>)

function checkRule(rule: FaultRule): void {
  checkKeys('a part of a rule', Object.keys(rule), PARTS)
  const { fault, endpoint = [], times = 1, probability = 1 } = rule
  if (typeof fault?.act !== 'function') throw new RangeError('`fault` must be a fault, such as `loseAnswer()`')
  for (const id of [endpoint].flat()) checkWord('`endpoint`: the contract has no', id, ENDPOINT_IDS)
  if (!(Number.isInteger(times) && times > 0)) throw new RangeError('`times` must be a whole number above 0')
  if (!(probability >= 0 && probability <= 1)) throw new RangeError('`probability` must be from 0 to 1')
}

function toEntry({ rule, fired }: Armed): FaultEntry {
  const { fault, endpoint = 'any', times = Number.POSITIVE_INFINITY, probability = 1 } = rule
  return { fault: fault.name, endpoint, times, probability, fired }
}
