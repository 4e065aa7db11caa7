import type { Client } from '@ai-ticket-creator/sdk'
import { errorResponse, type Fault, htmlResponse, rateLimited, type TestApi } from '@ai-ticket-creator/test-utils'
import { type BackendVersion, versionNamed } from './backend-versions.ts'

/** A difficulty between a client and its backend, or a change of the backend. */
export interface Condition {
  readonly name: string
  /** Whether the first call must succeed, if the backend supports it at all. */
  readonly firstCallSucceeds: boolean
  /** Whether additional requests are counted. While the backend changes, their number is not meaningful. */
  readonly isCounted: boolean
  /** Whether replies have none of the headers that show a generation or a capability. */
  readonly withoutHeaders?: boolean
  /** Before the rows are stored. */
  readonly beforeRows?: (client: Client) => Promise<unknown>
  /** Before the first call. */
  readonly beforeCalls: (situation: Situation) => unknown
}

interface Situation {
  readonly api: TestApi
  readonly version: BackendVersion
  readonly client: Client
  readonly random: () => number
}

/** The first requests get another response than the API's. */
const first =
  (fault: () => Fault) =>
  ({ api, random }: Situation): unknown =>
    api.faults.add({ fault: fault(), times: 1 + Math.floor(random() * 2) })

const instead = (name: string, response: () => Response): Fault => ({ name, apply: async () => response() })

const notModified = (): Fault => instead('304', () => new Response(null, { status: 304 }))

const page = (): Response =>
  new Response('<!DOCTYPE html><p>Please sign in</p>', { headers: { 'Content-Type': 'text/html; charset=utf-8' } })

/** Each request reaches one of two versions. */
const mixed = ({ api, version, random }: Situation): unknown =>
  api.faults.add({
    fault: {
      name: 'a mixed fleet',
      apply: async ({ next }) => {
        const one = random() < 0.5 ? version : versionNamed(version.otherVersion)
        one.switchTo(api)
        return next()
      },
    },
  })

/** The client has detected the generation; some requests later the backend is another version. */
async function switchDuringCall({ api, version, client, random }: Situation): Promise<void> {
  const [from, to] = [version, versionNamed(version.otherVersion)]
  from.switchTo(api)
  await client.integrations.list()
  let left = Math.floor(random() * 3)
  api.faults.add({
    fault: {
      name: `${from.name} becomes ${to.name}`,
      apply: async ({ next }) => {
        left -= 1
        if (left < 0) to.switchTo(api)
        return next()
      },
    },
  })
}

/** The backend is another version than the client has detected. */
async function switchBeforeCall({ api, version, client }: Situation): Promise<void> {
  versionNamed(version.otherVersion).switchTo(api)
  await client.integrations.list()
  version.switchTo(api)
}

const reliable = { firstCallSucceeds: true, isCounted: true }
const failing = { firstCallSucceeds: false, isCounted: true, withoutHeaders: true }

export const conditions: readonly Condition[] = [
  { name: 'no difficulty', ...reliable, beforeCalls: () => {} },
  { name: 'headers stripped by a proxy', ...reliable, withoutHeaders: true, beforeCalls: () => {} },
  { name: 'an empty list', ...reliable, beforeRows: (client) => client.integrations.list(), beforeCalls: () => {} },
  {
    name: 'an empty list, headers stripped',
    ...reliable,
    withoutHeaders: true,
    beforeRows: (client) => client.integrations.list(),
    beforeCalls: () => {},
  },
  { name: '401', ...failing, beforeCalls: first(() => errorResponse(401)) },
  { name: '404', ...failing, beforeCalls: first(() => errorResponse(404)) },
  { name: '429', ...failing, beforeCalls: first(() => rateLimited({ retryAfter: 0 })) },
  { name: '5xx', ...failing, beforeCalls: first(() => errorResponse(503)) },
  { name: 'an HTML error page', ...failing, beforeCalls: first(() => htmlResponse(502)) },
  { name: 'an HTML page with 200', ...failing, beforeCalls: first(() => instead('sign in', page)) },
  { name: 'a cached 304', ...failing, beforeCalls: first(notModified) },
  { name: 'a mixed fleet', firstCallSucceeds: false, isCounted: false, beforeCalls: mixed },
  {
    name: 'a mixed fleet, headers stripped',
    firstCallSucceeds: false,
    isCounted: false,
    withoutHeaders: true,
    beforeCalls: mixed,
  },
  { name: 'a switch during the call', firstCallSucceeds: false, isCounted: false, beforeCalls: switchDuringCall },
  {
    name: 'a switch during the call, headers stripped',
    firstCallSucceeds: false,
    isCounted: false,
    withoutHeaders: true,
    beforeCalls: switchDuringCall,
  },
  { name: 'a switch before the call', firstCallSucceeds: false, isCounted: true, beforeCalls: switchBeforeCall },
  {
    name: 'a switch before the call, headers stripped',
    firstCallSucceeds: false,
    isCounted: true,
    withoutHeaders: true,
    beforeCalls: switchBeforeCall,
  },
]
