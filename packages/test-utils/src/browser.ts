import { type SetupWorker, setupWorker } from 'msw/browser'
import { createStarter, type RunningTestApi, type StartOptions } from './mock/msw-server.ts'

export type { RunningTestApi, StartOptions } from './mock/msw-server.ts'

/** How a test API is started in a page. */
export interface StartInBrowserOptions extends StartOptions {
  /**
   * Where the page's server has MSW's `mockServiceWorker.js`; `npx msw init public` puts it there. It is registered by the
   * first API that starts. Default: `/mockServiceWorker.js`.
   */
  readonly serviceWorkerUrl?: string
}

/**
 * A test API that a page reaches, through MSW's service worker. What the page asks of its own server passes; any other
 * request is an error and does not leave the page, unless `allow` says that it may.
 *
 * @throws RangeError when one runs at this base URL already.
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
  (onUnhandledFrame) => {
    const worker = setupWorker()
    started = worker.start({ onUnhandledFrame, quiet: true, serviceWorker: { url: workerUrl } })
    return worker
  },
  (worker) => {
    started = started.then(() => worker.stop())
  },
)

// The sources are checked without the types of a page, so that nothing else takes one for granted.
const pageOrigin = (): string => (globalThis as unknown as { readonly location: URL }).location.origin
