import { type App, endpointAt } from '@ai-ticket-creator/reference-api'
import { type RunnerTestCase, TestRunner } from 'vitest'

declare module 'vitest' {
  interface TaskMeta {
    /** What the test called, call by call: generation, endpoint and status of the answer. */
    endpoints?: string[]
  }
}

/** The app, noting in the running test what it answered: scripts/endpoint-coverage.mjs reads that from the report. */
export function recordEndpoints(app: App): App['fetch'] {
  return async (request) => {
    const { generation } = app
    const endpointId = endpointAt(request.method, new URL(request.url).pathname)
    const reply = await app.fetch(request)

    // Outside of a test there is none.
    const meta = TestRunner.getCurrentTest<RunnerTestCase | undefined>()?.meta
    if (meta !== undefined && endpointId !== undefined)
      meta.endpoints = [...(meta.endpoints ?? []), `${generation} ${endpointId} ${reply.status}`]
    return reply
  }
}
