import { changedOptions, createResources, createState, isSameCaller, withNewBackend } from '../client.ts'
import type { ClientContext } from '../core/call-context.ts'
import type { RequestOptions } from '../core/options.ts'
import type { ClientRequest } from '../resources/raw-request.ts'
import { createLedger } from './deprecations/ledger.ts'
import { refuseOldNames } from './deprecations/refuse-old-names.ts'
import { trackDeprecatedInput, trackDeprecatedRequests } from './deprecations/track-input.ts'
import type { Deprecations } from './deprecations/uses.ts'
import { type Diagnosis, diagnose } from './diagnose.ts'
import { createLegacyDialect } from './dialect.ts'
import { generationCacheOf } from './generation-cache.ts'
import type { LegacyContext } from './legacy-context.ts'
import type { Integrations, Tickets } from './methods.ts'
import { createLookup } from './names/name-lookup.ts'
import { type AllOptions, type ClientOptions, type LegacyFieldsOption, parseOptions } from './options.ts'
import type { ClientConfig, DefaultClientConfig } from './result-types.ts'

/**
 * A client of the AI Ticket Creator API. The results of a plain `Client` have their old names, which is the default of
 * `createClient`. A function that uses no old names takes a `Client<ClientConfig>`, to which every client is assignable.
 */
export interface Client<C extends ClientConfig = DefaultClientConfig> {
  /** The connections of the organization to its platforms, such as a Jira account. */
  readonly integrations: Integrations<C>
  /** The tickets of the organization. With an integration, a ticket is filed on its platform too. */
  readonly tickets: Tickets<C>

  /** The deprecated names that your code still uses, with their call sites. Shared with clients made by `withOptions`. */
  readonly deprecations: Deprecations

  /**
   * Returns the detected generation of the backend, how it was detected, and examples of requests. The method sends nothing,
   * unless the option `generation` is `auto` and no generation was detected yet: then it sends one cheap read, as before a
   * first write. If that read fails, the generation stays unknown. The result is JSON without secrets.
   *
   * ```ts
   * console.log(JSON.stringify(await client.diagnose(), null, 2))
   * ```
   */
  diagnose(options?: RequestOptions): Promise<Diagnosis>

  /** For requests that have no method: to an endpoint by its id, or to a path that is not in the contract. */
  readonly request: ClientRequest

  /**
   * A client with some options changed; an option that is undefined stays unchanged. Both clients share looked-up names
   * and the detected generation and capabilities of the backend, if they call the same backend as the same caller: same
   * `baseUrl`, `token`, `cacheKey`, `generation`, `fetch` and `ky`.
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
  const { settings, legacy } = parseOptions(options)
  const generationCache = generationCacheOf(settings.root, settings.http.key)
  const context = { settings: legacy, ledger: createLedger(), generationCache, lookup: createLookup() }
  const client = { settings, state: createState(), createDialect: createLegacyDialect(context) }
  // The client is the same at run time for every type: the accessors are on the prototype of its results.
  return buildClient(options, client, context) as Client<{ legacyFields: L }>
}

function buildClient(options: AllOptions, client: ClientContext, legacy: LegacyContext): unknown {
  const { integrations, tickets, request } = createResources(client)
  return {
    integrations: withInputChecks(legacy, 'integrations', integrations),
    tickets: withInputChecks(legacy, 'tickets', tickets),
    deprecations: legacy.ledger.deprecations,
    request: trackDeprecatedRequests(legacy, request),
    diagnose: (requestOptions?: RequestOptions) => diagnose(legacy, client, requestOptions),
    withOptions(changes: Partial<AllOptions>): unknown {
      const nextOptions = changedOptions(options, changes)
      const next = parseOptions(nextOptions)
      const isShared =
        isSameCaller(client.settings, next.settings) &&
        legacy.settings.cacheKey === next.legacy.cacheKey &&
        legacy.settings.generation === next.legacy.generation
      const { root, http } = next.settings
      // The ledger is shared in any case.
      const context = {
        settings: next.legacy,
        ledger: legacy.ledger,
        generationCache: generationCacheOf(root, http.key),
        lookup: isShared ? legacy.lookup : createLookup(),
      }
      const state = isShared ? client.state : withNewBackend(client.state)
      return buildClient(
        nextOptions,
        { settings: next.settings, state, createDialect: createLegacyDialect(context) },
        context,
      )
    },
  }
}

/** Counts old names in the input, and refuses them for a client without legacy fields. */
const withInputChecks: typeof trackDeprecatedInput = (legacy, resource, methods) =>
  trackDeprecatedInput(legacy, resource, refuseOldNames(legacy.settings, resource, methods))
