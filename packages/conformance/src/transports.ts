import type { Generation } from '@ai-ticket-creator/domain'
import { createApp, createMemoryStore, DEFAULT_USER, type Store } from '@ai-ticket-creator/reference-api'
import { startTestApi } from '@ai-ticket-creator/test-utils/node'
import { serve } from '@hono/node-server'
import type { ServerProcesses } from './server-processes.ts'

type Fetch = (request: Request) => Promise<Response>

/** A way to reach the reference API. */
export interface Transport {
  readonly name: string
  readonly open: (generation: Generation) => Promise<OpenedBackend>
}

/** A running reference API, and how a client reaches it. */
export interface OpenedBackend {
  readonly baseUrl: string
  /** Absent: the client uses the global `fetch`. */
  readonly fetch?: Fetch
  readonly store: Store
  /** The organization and the token that the client uses. */
  readonly caller: { readonly organizationId: string; readonly token: string }
  readonly close: () => void | Promise<void>
}

const caller = { organizationId: DEFAULT_USER.organization_id, token: DEFAULT_USER.token }

export const inProcess: Transport = {
  name: 'in process',
  open: async (generation) => {
    const store = createMemoryStore()
    return withFetch(createApp({ generation, store }).fetch, store)
  },
}

export const overSocket: Transport = {
  name: 'over a socket',
  open: (generation) =>
    new Promise((resolve) => {
      const store = createMemoryStore()
      const { fetch } = createApp({ generation, store })
      const server = serve({ fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) =>
        resolve({
          baseUrl: `http://127.0.0.1:${port}`,
          store,
          caller,
          close: () => new Promise((closed) => server.close(() => closed())),
        }),
      )
    }),
}

export const overMock: Transport = {
  name: 'over the mock',
  open: async (generation) => {
    const { baseUrl, store, close } = startTestApi({ generation })
    return { baseUrl, store, caller, close }
  },
}

export const overServerProcesses = ({
  fetch,
  store,
  createOrganization,
  switchGeneration,
}: ServerProcesses): Transport => ({
  name: 'over processes of the server',
  open: async (generation) => {
    await switchGeneration(generation)
    return { ...withFetch(fetch, store), caller: await createOrganization() }
  },
})

/** A reference API that a client reaches through `fetch`, for example in the same process. */
export const withFetch = (fetch: Fetch, store: Store): OpenedBackend => ({
  baseUrl: 'http://localhost',
  fetch,
  store,
  caller,
  close: () => {},
})
