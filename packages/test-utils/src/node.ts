import { syncBuiltinESMExports } from 'node:module'
import { setupServer } from 'msw/node'
import { createStarter, type RunningTestApi, type StartOptions } from './mock/msw-server.ts'

export { type RunningTestApi, type StartOptions, unhandledIsError } from './mock/msw-server.ts'

/**
 * A test API that code reaches by itself, through whatever client: `fetch`, ky, axios, `node:http`. Any other request is
 * an error and does not leave the process; `allow` says which may. Several can run at once, each at its own base URL.
 *
 * ```ts
 * const api = startTestApi({ generation: 'current' })
 * // afterEach: api.reset(), afterAll: api.close(); or `using api = startTestApi()` in one test
 * ```
 *
 * @throws RangeError when one runs at this base URL already.
 */
export const startTestApi = (options: StartOptions = {}): RunningTestApi => start(options)

// MSW replaces the functions of `node:http`; `import { get } from 'node:http'` sees that only after the sync, and would
// reach the network otherwise.
const start = createStarter(
  (onUnhandledFrame) => {
    const server = setupServer()
    server.listen({ onUnhandledFrame })
    syncBuiltinESMExports()
    return server
  },
  (server) => {
    server.close()
    syncBuiltinESMExports()
  },
)
