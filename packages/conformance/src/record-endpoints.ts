import { type App, endpointAt } from '@ai-ticket-creator/reference-api'
import { type RunnerTestCase, TestRunner } from 'vitest'

declare module 'vitest' {
  interface TaskMeta {
    /** The calls of the test: generation, endpoint and status of each response. */
    endpoints?: string[]
  }
}

/** Records the calls of the running test in its meta data, from which the page about endpoint coverage is generated. */
export function recordEndpoints(app: App): App['fetch'] {
  return async (request) => {
    const { generation } = app
    const endpointId = endpointAt(request.method, new URL(request.url).pathname)
    const reply = await app.fetch(request)

    // Undefined outside of a test.
    const meta = TestRunner.getCurrentTest<RunnerTestCase | undefined>()?.meta
    if (meta !== undefined && endpointId !== undefined)
      meta.endpoints = [...(meta.endpoints ?? []), `${generation} ${endpointId} ${reply.status}`]
    return reply
  }
}
