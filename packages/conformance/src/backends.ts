import type { Generation } from '@ai-ticket-creator/domain'
import { createApp } from '@ai-ticket-creator/reference-api'
import { type Client, createClient } from '@ai-ticket-creator/sdk'
import { startTestApi } from '@ai-ticket-creator/test-utils/node'
import { serve } from '@hono/node-server'
import { recordEndpoints } from './record-endpoints.ts'

/** A backend that the suite runs against. A new one, such as a mock or a database, is a row in `transports`. */
interface Backend extends AsyncDisposable {
  readonly client: Client<{ legacyFields: true }>
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
  readonly close: () => void | Promise<void>
}

const transports: readonly Transport[] = [
  {
    name: 'in process',
    open: async (generation) => ({
      baseUrl: 'http://localhost',
      fetch: recordEndpoints(createApp({ generation })),
      close: () => {},
    }),
  },
  {
    name: 'over a socket',
    open: (generation) =>
      new Promise((opened) => {
        const fetch = recordEndpoints(createApp({ generation }))
        const server = serve({ fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) =>
          opened({
            baseUrl: `http://127.0.0.1:${port}`,
            close: () => new Promise((closed) => server.close(() => closed())),
          }),
        )
      }),
  },
  {
    name: 'over MSW',
    open: async (generation) => {
      const { baseUrl, close } = startTestApi({ generation })
      return { baseUrl, close }
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
  readonly open: () => Promise<Backend>
}

const wordsFor = (generation: Generation): 'legacy' | 'current' => (generation === 'legacy' ? 'legacy' : 'current')

const whatReaches = (words: 'legacy' | 'current'): Pick<Run, 'sharedName' | 'tags'> =>
  words === 'legacy' ? { sharedName: 'refused', tags: 'refused' } : { sharedName: 'filed', tags: 'written' }

/** Every way in which a client can meet a backend. */
export const runs: readonly Run[] = transports.flatMap((transport) =>
  // The keys are the generations; Object.entries types them as texts.
  (Object.keys(spoken) as Generation[]).flatMap((generation) =>
    spoken[generation].map((language) => ({
      name: `${language === 'auto' ? 'an' : 'a'} ${language} client meets a ${generation} backend ${transport.name}`,
      ...whatReaches(language === 'auto' ? wordsFor(generation) : language),
      open: () => openBackend(transport, generation, language),
    })),
  ),
)

async function openBackend(transport: Transport, generation: Generation, language: Language): Promise<Backend> {
  const { baseUrl, fetch, close } = await transport.open(generation)
  const client = createClient({
    baseUrl,
    token: 'test-token',
    consumer: 'conformance',
    generation: language,
    ...(fetch !== undefined && { fetch }),
  })
  return { client, [Symbol.asyncDispose]: async () => close() }
}
