import { type Change, changes, endpointOf, GENERATIONS, type Generation } from '@ai-ticket-creator/domain'
import { Hono } from 'hono'
import { answer, refuseMethod, refusePath } from './http/handle-request.ts'
import { DEFAULT_KEY_POLICY, type KeyPolicy } from './http/idempotency.ts'
import { createTurns } from './http/keyed-mutex.ts'
import { giveUp, type House } from './http/request-context.ts'
import {
  type AppUser,
  acceptingPlatforms,
  createUserDirectory,
  DEFAULT_USER,
  healthyPlatforms,
  jiraFields,
  nothingToSync,
  plainDrafter,
  requestCounter,
  sequentialIds,
  steppingClock,
  toCaller,
} from './ports/defaults.ts'
import type { Ports } from './ports/handler.ts'
import type { Ids, UserDirectory } from './ports/ports.ts'
import { PATHS, toRoute } from './ports/routes.ts'
import { habitsOf } from './profiles/behavior.ts'
import { generationOf, PROFILES, type Profile } from './profiles/profile.ts'
import type { RateLimit } from './profiles/rate-limit-option.ts'
import { runDueChecks } from './services/due-checks.ts'
import { createMemoryStore } from './store/memory-store.ts'

/** What an app is made of. Without any of it, it keeps its rows in memory and repeats itself run by run. */
export interface AppOptions extends Partial<Omit<Ports, 'users'>> {
  /** Ids of requests that bring none. Default: `req-1`, `req-2`, … */
  readonly requestIds?: Ids
  /** Which words it speaks. Default: `current`, or those of the profile. */
  readonly generation?: Generation
  /**
   * Behaves as an age of the existing backend does, with its defects: `deviations` lists them. Default: none, the
   * reference behaviour.
   */
  readonly profile?: Profile
  /** How often a client of a profile may call. Default: as often as it likes. */
  readonly rateLimit?: RateLimit
  /** The people it knows, or a directory of them. Default: one, whose token is `test-token`. */
  readonly users?: readonly AppUser[] | UserDirectory
  /** Where the guide to a change is; asked once for each. Default: `/docs/migration#` and the change's id. */
  readonly guide?: (change: Change) => string
  /** The day on which the old words stop working. Default: not set. */
  readonly sunset?: Date
  /** The longest body that is read, in bytes. Default: 1 MiB. */
  readonly bodyLimit?: number
  /** How long an `Idempotency-Key` is remembered, and waited for. Default: 24 hours, and 2 seconds. */
  readonly idempotency?: Partial<KeyPolicy>
  /** How long until a check that failed is due again, in milliseconds. Default: 60 000. */
  readonly checkInterval?: number
  /**
   * Told of failures that are answered with 500, which says no more than the request id, and of those outside a reply:
   * of a port, or of `runDueChecks` (then the id is `due-checks`). Default: nobody.
   */
  readonly onError?: (error: unknown, about: { readonly requestId: string }) => void
}

/** The API as a function from request to reply. */
export interface App {
  /** Answers a request below `/api/v1`. Never rejects. */
  readonly fetch: (request: Request) => Promise<Response>
  readonly generation: Generation
  /** The age of the existing backend that it behaves as; undefined for the reference behaviour. */
  readonly profile: Profile | undefined
  /** Changes the words it speaks, as a roll-out or a rollback does; the rows stay. A profile has only its own words. */
  readonly switchGeneration: (generation: Generation) => void
  /**
   * Becomes another age of the existing backend, with its words, or the reference app (`undefined`), which speaks on as
   * before until `switchGeneration`; the rows stay.
   */
  readonly switchProfile: (profile: Profile | undefined) => void
  /**
   * Runs the checks that are due by the app's clock, in order, and says how many integrations were checked. A change of
   * status makes them due, and so does the interval after a failure. Nothing runs by itself: a server calls this from a
   * timer, a test when it likes. Several processes may call it; each check is run by one.
   * Never rejects: `onError` is told.
   */
  readonly runDueChecks: () => Promise<number>
}

/**
 * The AI Ticket Creator API, as a function.
 *
 * ```ts
 * const app = createApp({ generation: 'transitional' })
 * const reply = await app.fetch(
 *   new Request('http://localhost/api/v1/integrations/', { headers: { Authorization: 'Bearer test-token' } }),
 * )
 * ```
 */
export function createApp(options: AppOptions = {}): App {
  let house = furnish(options)
  let serve = openHouse(house, options.rateLimit)

  return {
    fetch: (request) => serve(request),
    get generation() {
      return house.generation
    },
    get profile() {
      return house.profile
    },
    switchGeneration(generation) {
      house.generation = wordsOf(house.profile, generation)
    },
    switchProfile(profile) {
      // A house of its own: what is under way ends in the one where it began.
      house = {
        ...house,
        profile,
        habits: habitsOf(profile),
        generation: wordsOf(profile, undefined, house.generation),
      }
      serve = openHouse(house, options.rateLimit)
    },
    runDueChecks: async () =>
      house.habits.checks ? runDueChecks(house, (error) => house.onError(error, { requestId: 'due-checks' })) : 0,
  }
}

function openHouse(house: House, rateLimit: RateLimit | undefined): App['fetch'] {
  const routes = new Hono()
  for (const path of PATHS) {
    const endpoints = house.habits.endpointsAt(path)
    if (endpoints.length === 0) continue
    for (const endpointId of endpoints)
      routes.on(endpointOf(endpointId).method, toRoute(path), (context) => answer(house, endpointId, context))
    // At once, so that `PUT /integrations/active` is not taken for a change of the integration with the id `active`.
    routes.all(toRoute(path), (context) => refuseMethod(house, path, context))
  }
  routes.notFound((context) => refusePath(house, context))
  // Hono's own answer is a text, and it prints the error.
  routes.onError((error) => {
    throw error
  })

  const outside = house.habits.outside(rateLimit, house.clock)
  return async (request) => {
    try {
      return await outside(request, async () => routes.fetch(request))
    } catch (error) {
      return giveUp(house, request, error)
    }
  }
}

// By hand, held to the type: a name with a slip of the pen would be an API with another setting.
const OPTIONS = Object.keys({
  store: true,
  clock: true,
  ids: true,
  requestIds: true,
  users: true,
  generation: true,
  profile: true,
  rateLimit: true,
  external: true,
  health: true,
  sync: true,
  fields: true,
  drafter: true,
  checkInterval: true,
  guide: true,
  sunset: true,
  bodyLimit: true,
  idempotency: true,
  onError: true,
} satisfies Record<keyof AppOptions, true>)

function furnish(options: AppOptions): House {
  const wrong = Object.keys(options).find((name) => !OPTIONS.includes(name))
  if (wrong !== undefined) throw new RangeError(`\`${wrong}\` is not an option`)

  checkRateLimit(options)
  const { users = [DEFAULT_USER], profile } = options
  return {
    generation: wordsOf(profile, options.generation),
    profile,
    habits: habitsOf(profile),
    anonymous: 'authenticate' in users ? undefined : users.map(toCaller)[0],
    store: options.store ?? createMemoryStore(),
    clock: options.clock ?? steppingClock(),
    ids: options.ids ?? sequentialIds(),
    requestIds: options.requestIds ?? requestCounter(),
    users: 'authenticate' in users ? users : createUserDirectory(users),
    external: options.external ?? acceptingPlatforms(),
    health: options.health ?? healthyPlatforms,
    sync: options.sync ?? nothingToSync,
    fields: options.fields ?? jiraFields,
    drafter: options.drafter ?? plainDrafter,
    checkInterval: wholeNumber('checkInterval', options.checkInterval ?? 60_000, { min: 1 }),
    guides: findGuides(options.guide ?? (({ id }) => `/docs/migration#${id}`)),
    sunset: validDate('sunset', options.sunset),
    keyPolicy: toKeyPolicy({ ...DEFAULT_KEY_POLICY, ...options.idempotency }),
    turns: createTurns(),
    bodyLimit: wholeNumber('bodyLimit', options.bodyLimit ?? 1024 * 1024, { min: 1 }),
    onError: quiet(options.onError ?? (() => {})),
  }
}

/** At once: an address that fits in no header is seen at the start, not in a reply to a write. */
function findGuides(guide: (change: Change) => string): House['guides'] {
  const guides = changes.map((change) => [change, guide(change)] as const)
  const wrong = guides.find(([, address]) => !/^[!-;=?-~]+$/.test(address))
  if (wrong === undefined) return guides
  throw new RangeError(`\`guide\` must give a URL for ${wrong[0].id}, percent-encoded where it is not ASCII`)
}

/** Who listens to failures makes no further one. */
const quiet =
  (listen: House['onError']): House['onError'] =>
  (error, about) => {
    try {
      listen(error, about)
    } catch {
      // There is nobody left to tell.
    }
  }

const toKeyPolicy = ({ retention, patience, pause }: KeyPolicy): KeyPolicy => ({
  retention: wholeNumber('idempotency.retention', retention, { min: 1 }),
  patience: wholeNumber('idempotency.patience', patience, { min: 0 }),
  pause,
})

// A setting that is no number would be found by a caller: as a failure, or as a wait without end.
function wholeNumber(name: string, value: number, { min }: { readonly min: number }): number {
  if (Number.isSafeInteger(value) && value >= min) return value
  throw new RangeError(`\`${name}\` must be a whole number, at least ${min}`)
}

// A word that nobody knows would be taken for `transitional` here and for `current` there.
function knownGeneration(generation: Generation): Generation {
  if (GENERATIONS.includes(generation)) return generation
  throw new RangeError(`\`generation\` must be one of ${GENERATIONS.join(', ')}; it is ${JSON.stringify(generation)}`)
}

function validDate(name: string, date: Date | undefined): Date | undefined {
  if (!Number.isNaN(date?.getTime())) return date
  throw new RangeError(`\`${name}\` must be a valid date`)
}

/** The words of a profile, which are its own; without one those that are asked for. */
function wordsOf(
  profile: Profile | undefined,
  asked: Generation | undefined,
  otherwise: Generation = 'current',
): Generation {
  if (profile === undefined) return knownGeneration(asked ?? otherwise)
  if (!PROFILES.includes(profile))
    throw new RangeError(`\`profile\` must be one of ${PROFILES.join(', ')}; it is ${JSON.stringify(profile)}`)

  const words = generationOf(profile)
  if (asked === undefined || asked === words) return words
  throw new TypeError(`\`${profile}\` speaks the words of \`${words}\`, not of \`${asked}\``)
}

function checkRateLimit({ profile, rateLimit }: AppOptions): void {
  if (rateLimit === undefined) return
  if (profile === undefined) throw new TypeError('`rateLimit` needs a `profile`; the reference app has no limit')
  wholeNumber('rateLimit.limit', rateLimit.limit ?? 1, { min: 1 })
  wholeNumber('rateLimit.window', rateLimit.window ?? 1, { min: 1 })
}
