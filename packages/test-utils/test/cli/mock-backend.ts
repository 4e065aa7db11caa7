import { createTestApi, type Fault } from '../../src/index.ts'
import { verifyContract } from '../../src/verify.ts'
import { runCli } from './run-cli.ts'

/** A token that no output may contain. */
export const SECRET = 'canary-5e1f0c7a92'

/** Two cases that fail on `aBrokenBackend()`. */
export const RETRIEVE = 'integrations.retrieve/unknown-id'
export const FIELDS = 'integrations.fields/unknown-id'

/** The test API as the backend of a run, in this process. */
export function aBackend() {
  const api = createTestApi()
  const run = (args: readonly string[], options: Omit<NonNullable<Parameters<typeof runCli>[1]>, 'verifier'> = {}) =>
    runCli(['--base-url', api.baseUrl, ...args], {
      ...options,
      verifier: (settings) => verifyContract({ ...settings, fetch: api.fetch }),
    })
  return { api, run }
}

/** A backend that answers 400 instead of 404. */
export function aBrokenBackend() {
  const backend = aBackend()
  const wrongStatus: Fault = {
    name: 'wrong status',
    async apply({ next }) {
      const response = await next()
      return response.status === 404 ? new Response(response.body, { status: 400 }) : response
    },
  }
  backend.api.faults.add({ fault: wrongStatus })
  return backend
}
