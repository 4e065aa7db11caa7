import { type CredentialsOf, credentialKeys, GENERATIONS, type Generation } from '@ai-ticket-creator/domain'
import { createApp, createMemoryStore, PROFILES, type TicketRow } from '@ai-ticket-creator/reference-api'
import { type Client, createClient, type Platform } from '@ai-ticket-creator/sdk'
import { createExpected, type Differences, type Expected } from './facts.ts'
import { profileExpectations } from './profile-expectations.ts'
import { inProcess, type OpenedBackend, overMock, overSocket, type Transport, withFetch } from './transports.ts'

/** A backend with a client. */
interface Backend extends AsyncDisposable {
  readonly client: Client<{ legacyFields: true }>
  /** Activates a new integration if the backend does not create integrations as active. */
  readonly makeUsable: <T extends { readonly id: string }>(integration: T) => Promise<T>
  /** Reads a ticket from the store, because replies of some backends do not show all fields. */
  readonly stored: (ticketId: string) => Promise<TicketRow | undefined>
}

type ClientGeneration = 'auto' | 'legacy' | 'current'

/** A combination of client and backend that the suite runs with. */
export interface Run {
  readonly name: string
  /** The outcome of a ticket for an integration that shares its name. A legacy backend receives the name, not the id. */
  readonly sharedName: 'filed' | 'refused'
  /** The outcome of an update of `tags`. Legacy backends cannot change tags. */
  readonly tags: 'written' | 'refused'
  readonly expected: Expected
  /** The fields that a create of an integration requires beside name and platform. */
  readonly requiredFields: <P extends Platform>(platform: P) => { readonly credentials?: CredentialsOf<P> }
  readonly open: () => Promise<Backend>
}

// The clients for a backend of each generation. A transitional backend accepts legacy and current clients. An `auto` client
// detects the generation.
const CLIENTS: { readonly [G in Generation]: readonly ClientGeneration[] } = {
  legacy: ['legacy', 'auto'],
  transitional: ['legacy', 'current', 'auto'],
  current: ['current', 'auto'],
}

const everyClient = GENERATIONS.flatMap((backend) => CLIENTS[backend].map((client) => ({ backend, client })))

// A transport does not change replies, so every combination runs in process and the other transports run a sample.
const sample = [
  { transport: overSocket, backend: 'legacy', client: 'auto' },
  { transport: overSocket, backend: 'transitional', client: 'current' },
  { transport: overSocket, backend: 'current', client: 'auto' },
  { transport: overMock, backend: 'transitional', client: 'legacy' },
] as const
const runsAll = process.env['CONFORMANCE'] === 'all'
const combinations = [
  ...everyClient.map((one) => ({ ...one, transport: inProcess })),
  ...(runsAll
    ? everyClient.flatMap((one) => [overSocket, overMock].map((transport) => ({ ...one, transport })))
    : sample),
]

// A legacy backend updates tickets only with PUT, which ignores null. The client reports that as an error.
const legacyDifferences: Differences = {
  clearedByUpdate: { value: 'SilentDropError: department', deviations: [] },
  afterClearing: { value: 'IT', deviations: [] },
}

const onReference: readonly Run[] = combinations.map(createRun)

const onProfiles: readonly Run[] = PROFILES.flatMap((profile) => {
  const { generation, differences, autoDifferences } = profileExpectations[profile]
  const open = async () => {
    const store = createMemoryStore()
    return withFetch(createApp({ profile, store }).fetch, store)
  }
  return [generation, 'auto' as const].map((client) => {
    const all = client === 'auto' ? { ...differences, ...autoDifferences } : differences
    return {
      name: `${article(client)} ${client} client, ${profile}, in process`,
      ...limitsOf(generation),
      ...expectationsFor(all),
      open: () => openBackend(open, client, all),
    }
  })
})

/** The runs on the reference API through its transports, and on its profiles. */
export const runs: readonly Run[] = [...onReference, ...onProfiles]

/** A run through the given transport for each client of a backend of these generations. */
export const runsThrough = (transport: Transport, generations: readonly Generation[] = GENERATIONS): readonly Run[] =>
  everyClient.filter(({ backend }) => generations.includes(backend)).map((one) => createRun({ ...one, transport }))

function createRun({
  transport,
  backend,
  client,
}: {
  readonly transport: Transport
  readonly backend: Generation
  readonly client: ClientGeneration
}): Run {
  return {
    name: `${article(client)} ${client} client, a ${backend} backend, ${transport.name}`,
    ...limitsOf(client === 'auto' ? clientGenerationFor(backend) : client),
    ...expectationsFor(backend === 'legacy' ? legacyDifferences : {}),
    open: () => openBackend(() => transport.open(backend), client, {}),
  }
}

function article(client: ClientGeneration): string {
  return client === 'auto' ? 'an' : 'a'
}

function clientGenerationFor(backend: Generation): 'legacy' | 'current' {
  return backend === 'legacy' ? 'legacy' : 'current'
}

function limitsOf(generation: 'legacy' | 'current'): Pick<Run, 'sharedName' | 'tags'> {
  return generation === 'legacy' ? { sharedName: 'refused', tags: 'refused' } : { sharedName: 'filed', tags: 'written' }
}

function expectationsFor(differences: Differences): Pick<Run, 'expected' | 'requiredFields'> {
  const extraJiraKeys = differences.credentials?.value
  return {
    expected: createExpected(differences),
    requiredFields: (platform) =>
      extraJiraKeys === undefined ? {} : { credentials: credentialsFor(platform, extraJiraKeys) },
  }
}

function credentialsFor<P extends Platform>(platform: P, extraJiraKeys: readonly string[]): CredentialsOf<P> {
  const keys = [...credentialKeys(platform, 'api_key'), ...(platform === 'jira' ? extraJiraKeys : [])]
  // The cast is safe: `credentialKeys` returns the keys of this type.
  return Object.fromEntries(keys.map((key) => [key, 'test'])) as CredentialsOf<P>
}

async function openBackend(
  open: () => Promise<OpenedBackend>,
  generation: ClientGeneration,
  differences: Differences,
): Promise<Backend> {
  const { baseUrl, fetch, store, caller, close } = await open()
  const client = createClient({
    baseUrl,
    token: caller.token,
    consumer: 'conformance',
    generation,
    ...(fetch !== undefined && { fetch }),
  })
  return {
    client,
    async makeUsable(integration) {
      if (differences.madeUsable?.value === 'by activate') await client.integrations.activate(integration.id)
      return integration
    },
    stored: (ticketId) => store.tickets.find(caller.organizationId, ticketId),
    [Symbol.asyncDispose]: async () => close(),
  }
}
