import type { Deprecations } from './core/client-state.ts'
import type { ClientOptions, RequestOptions } from './core/options.ts'
import { readOptions, type Settings } from './core/settings.ts'
import { trackDeprecatedInput } from './deprecations/track-input.ts'
import { type Diagnosis, diagnose } from './diagnose.ts'
import type { Complete } from './resources/contract-methods.ts'
import type { Integrations } from './resources/integrations/integrations.ts'
import { createIntegrations } from './resources/integrations/methods.ts'
import { createLookup, type Lookup } from './resources/integrations/name-lookup.ts'
import { type ClientRequest, createRequest } from './resources/raw-request.ts'
import { createTickets } from './resources/tickets/methods.ts'
import type { Tickets } from './resources/tickets/tickets.ts'
import type { ClientConfig } from './resources/types.ts'

/** A client of the AI Ticket Creator API. One that shows legacy fields fits where a plain `Client` is wanted. */
export interface Client<C extends ClientConfig = ClientConfig> {
  readonly integrations: Complete<'integrations', Integrations<C>>
  readonly tickets: Complete<'tickets', Tickets<C>>

  /**
   * The old names that your code still uses, with the places where it does. Clients made by `withOptions` write to the
   * same ledger.
   */
  readonly deprecations: Deprecations

  /**
   * What is known of the backend, how it came to be known, and what some calls would be sent as. It sends nothing, unless
   * the generation is to be found out and nothing is known yet: then the one cheap read that a first write would begin
   * with. What goes wrong with that is no failure of this; no secret is in the result, which is JSON.
   *
   * ```ts
   * console.log(JSON.stringify(await client.diagnose(), null, 2))
   * ```
   */
  diagnose(options?: RequestOptions): Promise<Diagnosis>

  /** Asks an endpoint by its id, or a path that the contract does not have: for what has no method. */
  readonly request: ClientRequest

  /**
   * A client with some options changed; what is undefined stays as it is. Both remember names, and what the backend
   * can do, together as long as they ask the same backend as the same caller: same `baseUrl`, `token`, `generation` and
   * `fetch`.
   *
   * ```ts
   * const patient = client.withOptions({ timeout: 120_000 })
   * ```
   *
   * @throws TypeError when an option is wrong; it names the option, never its value.
   */
  withOptions<const L extends boolean = C['legacyFields']>(
    changes: Partial<ClientOptions> & LegacyFieldsOption<L>,
  ): Client<{ legacyFields: L }>
}

interface LegacyFieldsOption<L extends boolean> {
  /**
   * Whether results have their old names (`is_enabled`, `integration_type`, `assignee`, `files`, …) as deprecated
   * accessors. With `false` they are not in the types, and reading one throws a TypeError that says what to use
   * instead: how a consumer proves that it is done. Default: true.
   */
  readonly legacyFields?: L | undefined
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
 * @throws TypeError when an option is wrong; it names the option, never its value.
 */
export function createClient<const L extends boolean = true>(
  options: ClientOptions & LegacyFieldsOption<L>,
): Client<{ legacyFields: L }> {
  // The run time is the same for every type of client: the accessors are on the prototype of the results.
  return build(options, readOptions(options), createLookup()) as Client<{ legacyFields: L }>
}

type Options = ClientOptions & LegacyFieldsOption<boolean>

function build(options: Options, settings: Settings, lookup: Lookup): unknown {
  const withOptions = (changes: Partial<Options>): unknown => {
    const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined))
    const next = { ...options, ...given }
    const changed = readOptions(next, settings)
    if (!asksAlike(settings, changed)) return build(next, changed, createLookup())
    return build(next, { ...changed, backend: settings.backend }, lookup)
  }

  return {
    integrations: trackDeprecatedInput(settings, 'integrations', createIntegrations(settings, lookup)),
    tickets: trackDeprecatedInput(settings, 'tickets', createTickets(settings, lookup)),
    deprecations: settings.ledger.deprecations,
    request: createRequest(settings, lookup),
    diagnose: (asked?: RequestOptions) => diagnose(settings, asked),
    withOptions,
  }
}

const asksAlike = (one: Settings, other: Settings): boolean =>
  one.root === other.root &&
  one.token === other.token &&
  one.generation === other.generation &&
  one.fetch === other.fetch
