import type { ClientConfig } from './entities.ts'
import { createIntegrations, type Integrations } from './integrations.ts'
import { createLookup } from './lookup.ts'
import type { Complete } from './methods.ts'
import { type ClientOptions, readOptions } from './options.ts'
import { createTickets, type Tickets } from './tickets.ts'

/** A client of the AI Ticket Creator API. One that shows legacy fields fits where a plain `Client` is wanted. */
export interface Client<C extends ClientConfig = ClientConfig> {
  readonly integrations: Complete<'integrations', Integrations<C>>
  readonly tickets: Complete<'tickets', Tickets<C>>
}

/**
 * Creates a client.
 *
 * ```ts
 * const client = createClient({
 *   baseUrl: 'https://tickets.example.test',
 *   token: () => readToken(),
 *   consumer: 'billing@1.4',
 *   generation: 'current',
 * })
 * const integration = await client.integrations.create({ name: 'JIRA Production', platform_name: 'jira' })
 * ```
 *
 * @throws TypeError when an option is wrong; it names the option, never its value.
 */
export function createClient<const L extends boolean = true>(
  options: ClientOptions & {
    /**
     * Whether results have their old names (`is_enabled`, `integration_type`, `assignee`, `files`, …) as deprecated
     * accessors. With `false` they are not in the types, and reading one throws a TypeError that says what to use
     * instead: how a consumer proves that it is done. Default: true.
     */
    readonly legacyFields?: L | undefined
  },
): Client<{ legacyFields: L }> {
  const settings = readOptions(options)
  const lookup = createLookup(settings)

  return {
    // The run time is the same for every type of client: the accessors are on the prototype of the results.
    integrations: createIntegrations(settings, lookup) as unknown as Integrations<{ legacyFields: L }>,
    tickets: createTickets(settings, lookup) as unknown as Tickets<{ legacyFields: L }>,
  }
}
