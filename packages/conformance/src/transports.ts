import type { Generation } from '@ai-ticket-creator/domain'
import { createApp, createMemoryStore, type Store } from '@ai-ticket-creator/reference-api'
import { startTestApi } from '@ai-ticket-creator/test-utils/node'
import { serve } from '@hono/node-server'

type Fetch = (request: Request) => Promise<Response>

/** A way to reach the reference API. */
export interface Transport {
  readonly name: string
  readonly open: (generation: Generation) => Promise<OpenedBackend>
}

export interface OpenedBackend {
  readonly baseUrl: string
  /** Absent: the global one. */
  readonly fetch?: Fetch
  /** Absent: those of the default user. */
  readonly token?: string
  readonly organizationId?: string
  readonly store: Store
  readonly close: () => void | Promise<void>
}

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
          close: () => new Promise((closed) => server.close(() => closed())),
        }),
      )
    }),
}

export const overMock: Transport = {
  name: 'over the mock',
  open: async (generation) => {
    const { baseUrl, store, close } = startTestApi({ generation })
    return { baseUrl, store, close }
  },
}

export const withFetch = (fetch: Fetch, store: Store): OpenedBackend => ({
  baseUrl: 'http://localhost',
  fetch,
  store,
  close: () => {},
})
