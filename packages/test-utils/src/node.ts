import { syncBuiltinESMExports } from 'node:module'
import { setupServer } from 'msw/node'
import { routeGlobalFetch } from './mock/global-fetch.ts'
import { createStarter, type RunningTestApi, type StartOptions } from './mock/msw-server.ts'

export type { TestClock } from './core/clock.ts'
export type { Fetch } from './core/fetch.ts'
export type { TestApi, TestApiOptions } from './mock/create-test-api.ts'
export type { Fault, FaultContext } from './mock/faults/fault.ts'
export type { FaultEntry, FaultHandle, FaultRule, Faults } from './mock/faults/fault-registry.ts'
export { type NetworkFrame, type RunningTestApi, type StartOptions, unhandledIsError } from './mock/msw-server.ts'
export type { RecordedRequest } from './mock/recording/recorded-request.ts'
export type { SeedApi } from './mock/seed.ts'

/**
 * A test API that this process reaches through any client: `fetch`, ky, axios, `node:http`. Every other request fails and
 * does not leave the process, unless `allow` permits it. Several can run at once, each at its own base URL.
 *
 * ```ts
 * const api = startTestApi({ generation: 'current' })
 * // afterEach: api.reset(), afterAll: api.close(); or `using api = startTestApi()` in one test
 * ```
 *
 * @throws RangeError when a test API already runs at this base URL.
 */
export const startTestApi = (options: StartOptions = {}): RunningTestApi => start(options)

const start = createStarter(
  ({ onUnhandledFrame, apiAt }) => {
    const server = setupServer()
    server.listen({ onUnhandledFrame })
    const restoreFetch = routeGlobalFetch(apiAt)
    // MSW replaces the functions of `node:http`. `import { get } from 'node:http'` gets them only after this call.
    syncBuiltinESMExports()
    return { resetHandlers: server.resetHandlers, close: () => server.close(), restoreFetch }
  },
  ({ restoreFetch, close }) => {
    // In reverse order, so that each restores what it replaced.
    restoreFetch()
    close()
    syncBuiltinESMExports()
  },
)
