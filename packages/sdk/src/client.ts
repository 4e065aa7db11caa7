import type { ClientContext } from './core/call-context.ts'
import type { ClientState, Deprecations } from './core/client-state.ts'
import type { ClientOptions, RequestOptions } from './core/options.ts'
import { assertOptions, readOptions, type Settings } from './core/settings.ts'
import { createLedger } from './legacy/deprecations/ledger.ts'
import { trackDeprecatedInput } from './legacy/deprecations/track-input.ts'
import { type Diagnosis, diagnose } from './legacy/diagnose.ts'
import { createLegacyDialect } from './legacy/dialect.ts'
import type { Integrations } from './resources/integrations/integrations.ts'
import { createIntegrations } from './resources/integrations/methods.ts'
import { createLookup, type Lookup } from './legacy/names/name-lookup.ts'
import { type ClientRequest, createRequest } from './resources/raw-request.ts'
import { refuseOldNames } from './legacy/deprecations/refuse-old-names.ts'
import type { ClientConfig, DefaultClientConfig } from './resources/result-types.ts'
import { createTickets } from './resources/tickets/methods.ts'
import type { Tickets } from './resources/tickets/tickets.ts'
import { backendAt } from './transport/backend-state.ts'

/**
 * A client of the AI Ticket Creator API. A plain `Client` has the old names of results, as the one that `createClient` returns
 * by default. A function that must not use them takes a `Client<ClientConfig>`, to which every client is assignable.
 */
export interface Client<C extends ClientConfig = DefaultClientConfig> {
  /** The connections of the organization to its platforms, such as a Jira account. */
  readonly integrations: Integrations<C>
  /** The tickets of the organization. With an integration, a ticket is filed on its platform too. */
  readonly tickets: Tickets<C>

  /** The deprecated names that your code still uses, with their call sites. Shared with clients made by `withOptions`. */
  readonly deprecations: Deprecations

  /**
   * The detected generation of the backend, how it was detected, and examples of requests. It sends nothing, except when
   * the generation is to be detected and still unknown: then one cheap read, as before a first write. If that read fails,
   * the generation stays unknown. The result is JSON without secrets.
   *
   * ```ts
   * console.log(JSON.stringify(await client.diagnose(), null, 2))
   * ```
   */
  diagnose(options?: RequestOptions): Promise<Diagnosis>

  /** Sends a request to an endpoint by its id, or to a path that is not in the contract: for what has no method. */
  readonly request: ClientRequest

  /**
   * A client with some options changed; an option that is undefined stays unchanged. Both clients share looked-up names
   * and what they learned about the backend, if they call the same backend as the same caller: same `baseUrl`, `token`,
   * `generation` and `fetch`.
   *
   * ```ts
   * const patient = client.withOptions({ timeout: 120_000 })
   * ```
   *
   * @throws TypeError for an invalid option; it names the option, never its value.
   */
  withOptions<const L extends boolean = C['legacyFields']>(
    changes: Partial<ClientOptions> & LegacyFieldsOption<L>,
  ): Client<{ legacyFields: L }>
}

/** The option that decides the types of results. */
export interface LegacyFieldsOption<L extends boolean> {
  /**
   * Whether results have their old names (`is_enabled`, `integration_type`, `assignee`, `files`, …) as deprecated
   * accessors. With `false` the types lack them, and reading one throws a TypeError that names its replacement; input with
   * old names is refused as well, in types and at run time. This is how a consumer proves that its migration is complete.
   * Default: true.
   */
  readonly legacyFields?: L | undefined
  /**
   * Whether results have their old names in JSON too, beside the new ones, for programs that read them from there. Each use
   * is counted in the ledger. Input with such a result has the new names only. Spreads and `structuredClone` never have the
   * old names: use `toLegacy`. Default: false.
   */
  readonly legacyJson?: boolean | undefined
}

/**
 * Creates a client.
 *
 * ```ts
 * const client = createClient({
 *   baseUrl: 'https://tickets.example.test',
 *   token: () => readToken(),
 *   consumer: 'billing@1.4',
 * })
 * const integration = await client.integrations.create({ name: 'JIRA Production', platform_name: 'jira' })
 * ```
 *
 * @throws TypeError for an invalid option; it names the option, never its value.
 */
export function createClient<const L extends boolean = true>(
  options: ClientOptions & LegacyFieldsOption<L> = {},
): Client<{ legacyFields: L }> {
  const settings = readOptions(options)
  const client = { settings, state: createState(settings), createDialect: createLegacyDialect }
  // The client is the same at run time for every type: the accessors are on the prototype of its results.
  return buildClient(options, client, createLookup()) as Client<{ legacyFields: L }>
}

const createState = ({ root, fetch }: Settings): ClientState => ({
  backend: backendAt(root, fetch),
  ledger: createLedger(),
  reportedDrifts: new Set(),
})

type Options = ClientOptions & LegacyFieldsOption<boolean>

function buildClient(options: Options, client: ClientContext, lookup: Lookup): unknown {
  const withOptions = (changes: Partial<Options>): unknown => {
    assertOptions('withOptions', changes)
    const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined))
    const nextOptions = { ...options, ...given }
    const settings = readOptions(nextOptions)
    if (isSameCaller(client.settings, settings)) return buildClient(nextOptions, { ...client, settings }, lookup)
    // The ledger and the reported deviations are shared in any case.
    const state = { ...client.state, backend: backendAt(settings.root, settings.fetch) }
    return buildClient(nextOptions, { ...client, settings, state }, createLookup())
  }

  return {
    integrations: withInputChecks(client, 'integrations', createIntegrations(client, lookup)),
    tickets: withInputChecks(client, 'tickets', createTickets(client, lookup)),
    deprecations: client.state.ledger.deprecations,
    request: createRequest(client, lookup),
    diagnose: (requestOptions?: RequestOptions) => diagnose(client, requestOptions),
    withOptions,
  }
}

/** Counts old names in the input, and refuses them for a client without legacy fields. */
const withInputChecks: typeof trackDeprecatedInput = (client, resource, methods) =>
  trackDeprecatedInput(client, resource, refuseOldNames(client.settings, resource, methods))

const isSameCaller = (one: Settings, other: Settings): boolean =>
  one.root === other.root &&
  one.token === other.token &&
  one.cacheKey === other.cacheKey &&
  one.generation === other.generation &&
  one.fetch === other.fetch
