import { ENDPOINT_IDS, type EndpointId, endpointOf } from '@ai-ticket-creator/domain'
import type { App } from '@ai-ticket-creator/reference-api'
import { type RunnerTestCase, TestRunner } from 'vitest'

declare module 'vitest' {
  interface TaskMeta {
    /** What the test called: generation, endpoint and status of each answer. */
    endpoints?: string[]
  }
}

/** The app, noting in the running test what it answered: scripts/endpoint-coverage.mjs reads that from the report. */
export function recordEndpoints(app: App): App['fetch'] {
  return async (request) => {
    const { generation } = app
    const endpointId = endpointAt(request)
    const reply = await app.fetch(request)

    // Outside of a test there is none.
    const meta = TestRunner.getCurrentTest<RunnerTestCase | undefined>()?.meta
    if (meta !== undefined && endpointId !== undefined)
      meta.endpoints = [...new Set([...(meta.endpoints ?? []), `${generation} ${endpointId} ${reply.status}`])]
    return reply
  }
}

// In the order of the contract: `/integrations/active` comes before `/integrations/{integration_id}`.
function endpointAt({ method, url }: Request): EndpointId | undefined {
  const { pathname } = new URL(url)
  return ENDPOINT_IDS.find((id) => {
    const { method: own, path } = endpointOf(id)
    return method === own && new RegExp(`^/api/v1${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(pathname)
  })
}
