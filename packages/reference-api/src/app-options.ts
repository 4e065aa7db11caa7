import { type Change, changes, GENERATIONS, type Generation } from '@ai-ticket-creator/domain'
import { isJsonObject } from '@ai-ticket-creator/domain/internal'
import { DEFAULT_IDEMPOTENCY_POLICY, type IdempotencyPolicy } from './http/idempotency.ts'
import { createKeyedMutex } from './http/keyed-mutex.ts'
import type { AppContext } from './http/request-context.ts'
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
import type { IdGenerator, UserDirectory } from './ports/ports.ts'
import { behaviorOf } from './profiles/behavior.ts'
import { generationOf, PROFILES, type Profile } from './profiles/profile.ts'
import { type RateLimit, withDefaults } from './profiles/rate-limit-option.ts'
import { createMemoryStore } from './store/memory-store.ts'

/** Options of an app. The defaults store rows in memory and are deterministic. */
export interface AppOptions extends Partial<Omit<Ports, 'users'>> {
  /** Generates ids of requests without `X-Request-Id`. Default: `req-1`, `req-2`, … */
  readonly newRequestId?: IdGenerator
  /** The API generation of the app. Default: the generation of the profile; without a profile `current`. */
  readonly generation?: Generation
  /**
   * The revision of the existing backend to reproduce, with the defects that `deviations` lists. Default: none, the
   * reference behaviour.
   */
  readonly profile?: Profile
  /**
   * How many calls each token may make in a window. Every process counts its own calls. A profile counts calls as the
   * existing backend does. Default: no limit.
   */
  readonly rateLimit?: RateLimit
  /** Users with their tokens, or a directory of users. Default: `DEFAULT_USER`, whose token is `test-token`. */
  readonly users?: readonly AppUser[] | UserDirectory
  /** Returns the URL of the guide to a change. Called by `createApp` only. Default: `/docs/migration#` and the id. */
  readonly guide?: (change: Change) => string
  /**
   * The announced day from which deprecated fields and routes are refused, sent as `Sunset`. The app itself refuses nothing
   * on that day; switch its generation. Default: not set.
   */
  readonly sunset?: Date
  /** The maximum length of a body, in bytes; longer ones are refused with 413. Default: 1 MiB. */
  readonly bodyLimit?: number
  /** Durations of idempotency keys: storage, lease of a running call, and wait for it. Default: 24 h, 60 s, 2 s. */
  readonly idempotency?: Partial<IdempotencyPolicy>
  /** Milliseconds until a failed check is due again. Default: 60 000. */
  readonly checkInterval?: number
  /**
   * Called with every failure that is answered with 500 (the reply contains only the request id), and with failures of
   * ports and of `runDueChecks` (whose id is `due-checks`). Default: none.
   */
  readonly onError?: (error: unknown, about: { readonly requestId: string }) => void
}

// Listed by hand and type-checked, so a misspelt option is rejected instead of ignored.
const OPTIONS = Object.keys({
  store: true,
  clock: true,
  newId: true,
  newRequestId: true,
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

/** Checks the options and fills in the defaults. */
export function resolveOptions(options: AppOptions): AppContext {
  const wrong = Object.keys(options).find((name) => !OPTIONS.includes(name))
  if (wrong !== undefined) throw new RangeError(`\`${wrong}\` is not an option`)

  checkRateLimit(options)
  checkMembers('idempotency', options.idempotency, Object.keys(DEFAULT_IDEMPOTENCY_POLICY))
  const { users = [DEFAULT_USER], profile } = options
  return {
    generation: wireGenerationOf(profile, options.generation),
    profile,
    behavior: behaviorOf(profile),
    anonymous: 'authenticate' in users ? undefined : users.map(toCaller)[0],
    store: options.store ?? createMemoryStore(),
    clock: options.clock ?? steppingClock(),
    newId: options.newId ?? sequentialIds(),
    newRequestId: options.newRequestId ?? requestCounter(),
    users: 'authenticate' in users ? users : createUserDirectory(users),
    external: options.external ?? acceptingPlatforms(),
    health: options.health ?? healthyPlatforms,
    sync: options.sync ?? nothingToSync,
    fields: options.fields ?? jiraFields,
    drafter: options.drafter ?? plainDrafter,
    checkInterval: checkWholeNumber('checkInterval', options.checkInterval ?? 60000, { min: 1 }),
    guides: findGuides(options.guide ?? (({ id }) => `/docs/migration#${id}`)),
    sunset: checkDate('sunset', options.sunset),
    keyPolicy: toKeyPolicy({ ...DEFAULT_IDEMPOTENCY_POLICY, ...options.idempotency }),
    mutex: createKeyedMutex(),
    bodyLimit: checkWholeNumber('bodyLimit', options.bodyLimit ?? 1024 * 1024, { min: 1 }),
    onError: ignoreErrors(options.onError ?? (() => {})),
  }
}

// Checked at the start: a URL that is not valid in a header would otherwise fail a call that has written.
function findGuides(guide: (change: Change) => string): AppContext['guides'] {
  const guides = changes.map((change) => [change, guide(change)] as const)
  // Printable ASCII without spaces, `<` and `>`, which delimit the URL in the header `Link`.
  const wrong = guides.find(([, address]) => !/^[!-;=?-~]+$/.test(address))
  if (wrong === undefined) return guides
  throw new RangeError(`\`guide\` must give a URL for ${wrong[0].id}, percent-encoded where it is not ASCII`)
}

/** A listener that throws must not fail a request. */
const ignoreErrors =
  (listen: AppContext['onError']): AppContext['onError'] =>
  (error, about) => {
    try {
      listen(error, about)
    } catch {
      // There is nowhere left to report it.
    }
  }

const toKeyPolicy = ({ retention, lease, waitTimeout, sleep }: IdempotencyPolicy): IdempotencyPolicy => ({
  retention: checkWholeNumber('idempotency.retention', retention, { min: 1 }),
  lease: checkWholeNumber('idempotency.lease', lease, { min: 1 }),
  waitTimeout: checkWholeNumber('idempotency.waitTimeout', waitTimeout, { min: 0 }),
  sleep,
})

// Checked at the start: `NaN` would otherwise show up later, as a failed call or an endless wait.
function checkWholeNumber(name: string, value: number, { min }: { readonly min: number }): number {
  if (Number.isSafeInteger(value) && value >= min) return value
  throw new RangeError(
    `\`${name}\` must be a whole number, at least ${min}; it is ${typeof value === 'number' ? value : `of type ${typeof value}`}`,
  )
}

function checkGeneration(generation: Generation): Generation {
  if (GENERATIONS.includes(generation)) return generation
  throw new RangeError(`\`generation\` must be one of ${GENERATIONS.join(', ')}; it is ${JSON.stringify(generation)}`)
}

function checkDate(name: string, date: Date | undefined): Date | undefined {
  if (!Number.isNaN(date?.getTime())) return date
  throw new RangeError(`\`${name}\` must be a valid date`)
}

/** The generation of a profile; without a profile the requested one. Throws if they differ. */
export function wireGenerationOf(
  profile: Profile | undefined,
  requested: Generation | undefined,
  fallback: Generation = 'current',
): Generation {
  if (profile === undefined) return checkGeneration(requested ?? fallback)
  if (!PROFILES.includes(profile))
    throw new RangeError(`\`profile\` must be one of ${PROFILES.join(', ')}; it is ${JSON.stringify(profile)}`)

  const generation = generationOf(profile)
  if (requested === undefined || requested === generation) return generation
  throw new TypeError(`the generation of \`${profile}\` is \`${generation}\`, not \`${requested}\``)
}

function checkRateLimit({ rateLimit }: AppOptions): void {
  if (rateLimit === undefined) return
  // Callers without TypeScript may pass anything.
  if (!isJsonObject(rateLimit))
    throw new TypeError('`rateLimit` must be an object such as { limit: 1000, window: 3600 }')
  const resolved = withDefaults(rateLimit)
  checkMembers('rateLimit', rateLimit, Object.keys(resolved))
  const { limit, window } = resolved
  checkWholeNumber('rateLimit.limit', limit, { min: 1 })
  checkWholeNumber('rateLimit.window', window, { min: 1 })
}

/** Refuses misspelt members, which would otherwise be ignored in favour of the defaults. */
function checkMembers(name: string, option: object | undefined, known: readonly string[]): void {
  const wrong = Object.keys(option ?? {}).find((member) => !known.includes(member))
  if (wrong !== undefined)
    throw new RangeError(`\`${name}.${wrong}\` is not an option; options are ${known.join(', ')}`)
}
