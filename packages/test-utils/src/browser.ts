import { type SetupWorker, setupWorker } from 'msw/browser'
import { createStarter, type RunningTestApi, type StartOptions } from './mock/msw-server.ts'

export type { TestClock } from './core/clock.ts'
export type { Fetch } from './core/fetch.ts'
export type { TestApi, TestApiOptions } from './mock/create-test-api.ts'
export type { Fault, FaultContext } from './mock/faults/fault.ts'
export type { FaultEntry, FaultHandle, FaultRule, Faults } from './mock/faults/fault-registry.ts'
export type { RunningTestApi, StartOptions } from './mock/msw-server.ts'
export type { RecordedRequest } from './mock/recording/recorded-request.ts'
export type { SeedApi } from './mock/seed.ts'

/** Options of `startTestApi` in a page. */
export interface StartInBrowserOptions extends StartOptions {
  /**
   * The path of MSW's `mockServiceWorker.js` on the page's server; `npx msw init public` creates the file. The first API
   * that starts registers it. Default: `/mockServiceWorker.js`.
   */
  readonly serviceWorkerUrl?: string
}

/**
 * A test API that a page reaches through MSW's service worker. Requests to the page's own server are allowed. Every other
 * request fails and does not leave the page, unless `allow` permits it.
 *
 * @throws RangeError when a test API already runs at this base URL.
 */
export async function startTestApi(options: StartInBrowserOptions = {}): Promise<RunningTestApi> {
  const { serviceWorkerUrl = '/mockServiceWorker.js', allow = () => false, ...others } = options
  workerUrl = serviceWorkerUrl
  const api = start({ ...others, allow: (url) => url.origin === pageOrigin() || allow(url) })
  await started
  return api
}

let workerUrl = ''
let started: Promise<unknown> = Promise.resolve()

const start = createStarter<SetupWorker>(
  ({ onUnhandledFrame }) => {
    const worker = setupWorker()
    started = worker.start({ onUnhandledFrame, quiet: true, serviceWorker: { url: workerUrl } })
    return worker
  },
  (worker) => {
    started = started.then(() => worker.stop())
  },
)

// The sources are type-checked without the DOM, so that no other module depends on the DOM.
const pageOrigin = (): string => (globalThis as unknown as { readonly location: URL }).location.origin
