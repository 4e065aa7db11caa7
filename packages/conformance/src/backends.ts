import { type CredentialsOf, credentialKeys, type Generation } from '@ai-ticket-creator/domain'
import {
  createApp,
  createMemoryStore,
  DEFAULT_USER,
  PROFILES,
  type Store,
  type TicketRow,
} from '@ai-ticket-creator/reference-api'
import { type Client, createClient, type Platform } from '@ai-ticket-creator/sdk'
import { startTestApi } from '@ai-ticket-creator/test-utils/node'
import { serve } from '@hono/node-server'
import { existing } from './existing.ts'
import { type Differences, expecting, type Here } from './facts.ts'

/** A backend that the suite runs against. A new one, such as a mock or a database, is a row in `transports`. */
interface Backend extends AsyncDisposable {
  readonly client: Client<{ legacyFields: true }>
  /** Makes a new integration usable, where its create does not. */
  readonly ready: <T extends { readonly id: string }>(integration: T) => Promise<T>
  /** A ticket as it is stored: some backends do not show all of it. */
  readonly stored: (ticketId: string) => Promise<TicketRow | undefined>
}

type Fetch = (request: Request) => Promise<Response>

interface Transport {
  readonly name: string
  readonly open: (generation: Generation) => Promise<Opened>
}

interface Opened {
  readonly baseUrl: string
  /** Absent: the global one. */
  readonly fetch?: Fetch
  readonly store: Store
  readonly close: () => void | Promise<void>
}

const transports: readonly Transport[] = [
  {
    name: 'in process',
    open: async (generation) => {
      const store = createMemoryStore()
      return inProcess(createApp({ generation, store }).fetch, store)
    },
  },
  {
    name: 'over a socket',
    open: (generation) =>
      new Promise((opened) => {
        const store = createMemoryStore()
        const { fetch } = createApp({ generation, store })
        const server = serve({ fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) =>
          opened({
            baseUrl: `http://127.0.0.1:${port}`,
            store,
            close: () => new Promise((closed) => server.close(() => closed())),
          }),
        )
      }),
  },
  {
    name: 'over MSW',
    open: async (generation) => {
      const { baseUrl, store, close } = startTestApi({ generation })
      return { baseUrl, store, close }
    },
  },
]

type Language = 'auto' | 'legacy' | 'current'

// What a backend of a generation is spoken to in. A transitional one understands both, and `auto` finds out.
const spoken: { readonly [G in Generation]: readonly Language[] } = {
  legacy: ['legacy', 'auto'],
  transitional: ['legacy', 'current', 'auto'],
  current: ['current', 'auto'],
}

export interface Run {
  readonly name: string
  /** What becomes of a ticket by id when another integration has the same name: only names reach a legacy backend. */
  readonly sharedName: 'filed' | 'refused'
  /** What becomes of a change of `tags`: legacy backends have no word for them. */
  readonly tags: 'written' | 'refused'
  /** What this backend does in place of what the reference does. */
  readonly here: Here
  /** What a create of an integration has to bring beside its name and its platform. */
  readonly asked: <P extends Platform>(platform: P) => { readonly credentials?: CredentialsOf<P> }
  readonly open: () => Promise<Backend>
}

const wordsFor = (generation: Generation): 'legacy' | 'current' => (generation === 'legacy' ? 'legacy' : 'current')

const whatReaches = (words: 'legacy' | 'current'): Pick<Run, 'sharedName' | 'tags'> =>
  words === 'legacy' ? { sharedName: 'refused', tags: 'refused' } : { sharedName: 'filed', tags: 'written' }

const onReference: readonly Run[] = transports.flatMap((transport) =>
  // The keys are the generations; Object.entries types them as texts.
  (Object.keys(spoken) as Generation[]).flatMap((generation) =>
    spoken[generation].map((language) => ({
      name: `${language === 'auto' ? 'an' : 'a'} ${language} client meets a ${generation} backend ${transport.name}`,
      ...whatReaches(language === 'auto' ? wordsFor(generation) : language),
      ...differing({}),
      open: () => openBackend(() => transport.open(generation), language, {}),
    })),
  ),
)

// One transport will do: what differs is what the backend says, not the way it comes.
const onExisting: readonly Run[] = PROFILES.flatMap((profile) => {
  const { words, differs, untold } = existing[profile]
  const open = async () => {
    const store = createMemoryStore()
    return inProcess(createApp({ profile, store }).fetch, store)
  }
  return [words, 'auto' as const].map((language) => {
    const all = language === 'auto' ? { ...differs, ...untold } : differs
    return {
      name: `${language === 'auto' ? 'an' : 'a'} ${language} client meets ${profile} in process`,
      ...whatReaches(words),
      ...differing(all),
      open: () => openBackend(open, language, all),
    }
  })
})

/** Every way in which a client can meet a backend. */
export const runs: readonly Run[] = [...onReference, ...onExisting]

const inProcess = (fetch: Fetch, store: Store): Opened => ({
  baseUrl: 'http://localhost',
  fetch,
  store,
  close: () => {},
})

function differing(differs: Differences): Pick<Run, 'here' | 'asked'> {
  const further = differs.credentials?.is
  return {
    here: expecting(differs),
    asked: (platform) => (further === undefined ? {} : { credentials: credentialsFor(platform, further) }),
  }
}

function credentialsFor<P extends Platform>(platform: P, ofJira: readonly string[]): CredentialsOf<P> {
  const keys = [...credentialKeys(platform, 'api_key'), ...(platform === 'jira' ? ofJira : [])]
  // The keys of the platform, which the table of the domain ties to the type.
  return Object.fromEntries(keys.map((key) => [key, 'test'])) as CredentialsOf<P>
}

async function openBackend(open: () => Promise<Opened>, language: Language, differs: Differences): Promise<Backend> {
  const { baseUrl, fetch, store, close } = await open()
  const client = createClient({
    baseUrl,
    token: 'test-token',
    consumer: 'conformance',
    generation: language,
    ...(fetch !== undefined && { fetch }),
  })
  return {
    client,
    async ready(integration) {
      if (differs.madeUsable?.is === 'by activate') await client.integrations.activate(integration.id)
      return integration
    },
    stored: (ticketId) => store.tickets.find(DEFAULT_USER.organization_id, ticketId),
    [Symbol.asyncDispose]: async () => close(),
  }
}
