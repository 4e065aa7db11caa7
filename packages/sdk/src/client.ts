import type { ClientContext } from './core/call-context.ts'
import type { ClientState } from './core/client-state.ts'
import type { ClientOptions } from './core/options.ts'
import { assertOption, assertOptions, parseFlag, parseSettings, type Settings } from './core/settings.ts'
import { currentDialect } from './current-dialect.ts'
import type { CurrentIntegrations } from './resources/integrations/integrations.ts'
import { createIntegrations } from './resources/integrations/methods.ts'
import { type ClientRequest, createRequest } from './resources/raw-request.ts'
import { createTickets } from './resources/tickets/methods.ts'
import type { CurrentTickets } from './resources/tickets/tickets.ts'
import { createBackend } from './transport/backend-state.ts'

/** How to reach the service, and how the client behaves. */
export interface CurrentClientOptions extends ClientOptions {
  /** This client always uses `current`. The option is accepted so that a program need only change its import. */
  readonly generation?: 'current' | undefined
  /** Results of this client never have old names. The option is accepted so that a program need only change its import. */
  readonly legacyFields?: false | undefined
}

/** A client of the AI Ticket Creator API, for backends of the current generation. */
export interface Client {
  /** The connections of the organization to its platforms, such as a Jira account. */
  readonly integrations: CurrentIntegrations
  /** The tickets of the organization. With an integration, a ticket is filed on its platform too. */
  readonly tickets: CurrentTickets

  /** For requests that have no method: to an endpoint by its id, or to a path that is not in the contract. */
  readonly request: ClientRequest

  /**
   * A client with some options changed; an option that is undefined stays unchanged. Both clients share the detected
   * capabilities of the backend, if they call the same backend as the same caller: same `baseUrl`, `token`,
   * `fetch` and `ky`.
   *
   * @throws TypeError for an invalid option; it names the option, never its value.
   */
  withOptions(changes: Partial<CurrentClientOptions>): Client
}

/**
 * Creates a client for backends of the current generation. It has no support for old names: it refuses them in input, and a
 * reply of an older backend is an error.
 *
 * ```ts
 * const client = createClient({ baseUrl: 'https://tickets.example.test', token: () => readToken() })
 * const integration = await client.integrations.create({ name: 'JIRA Production', platform_name: 'jira' })
 * ```
 *
 * @throws TypeError for an invalid option; it names the option, never its value.
 */
export const createClient = (options: CurrentClientOptions = {}): Client =>
  buildClient(options, { settings: parseOptions(options), state: createState(), createDialect: () => currentDialect })

function parseOptions(given: CurrentClientOptions): Settings {
  assertOptions('createClient', given)
  const { generation, legacyFields, ...options } = given
  assertOption(generation === undefined || generation === 'current', "`generation` must be 'current' for this client")
  assertOption(!parseFlag('legacyFields', legacyFields, false), '`legacyFields` must be false for this client')
  return parseSettings(options)
}

function buildClient(options: CurrentClientOptions, client: ClientContext): Client {
  return {
    ...createResources(client),
    withOptions(changes) {
      const nextOptions = changedOptions(options, changes)
      const settings = parseOptions(nextOptions)
      const state = isSameCaller(client.settings, settings) ? client.state : withNewBackend(client.state)
      return buildClient(nextOptions, { ...client, settings, state })
    },
  }
}

/** The methods of a client. */
export const createResources = (client: ClientContext) => ({
  integrations: createIntegrations(client),
  tickets: createTickets(client),
  request: createRequest(client),
})

export const createState = (): ClientState => ({ backend: createBackend(), reportedDrifts: new Set() })

/** The state for another backend. The reported deviations are shared in any case. */
export const withNewBackend = (state: ClientState): ClientState => ({ ...state, backend: createBackend() })

/** The options with the given changes. An option that is undefined in `changes` stays unchanged. */
export function changedOptions<Options extends object>(options: Options, changes: Partial<Options>): Options {
  assertOptions('withOptions', changes)
  const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined))
  return { ...options, ...given }
}

/** Whether both settings call the same backend as the same caller. */
export const isSameCaller = (one: Settings, other: Settings): boolean =>
  one.root === other.root && one.token === other.token && one.http.key === other.http.key
