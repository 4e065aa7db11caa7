import type { Client } from '@ai-ticket-creator/sdk'
import { errorResponse, type Fault, htmlResponse, rateLimited, type TestApi } from '@ai-ticket-creator/test-utils'
import { type BackendVersion, versionNamed } from './backend-versions.ts'

/** A fault between client and backend, or a change of the backend. */
export interface Condition {
  readonly name: string
  /** Whether the first call must succeed, provided that the backend supports the operation. */
  readonly firstCallSucceeds: boolean
  /** Whether the number of additional requests is limited. False while the backend changes. */
  readonly isCounted: boolean
  /** Whether replies have none of the headers that show a generation or a capability. */
  readonly withoutHeaders?: boolean
  /** Runs before the rows are stored. */
  readonly beforeRows?: (client: Client) => Promise<unknown>
  /** Runs before the first call. */
  readonly beforeCalls: (situation: Situation) => unknown
}

interface Situation {
  readonly api: TestApi
  readonly version: BackendVersion
  readonly client: Client
  readonly random: () => number
}

/** Replaces the responses to the first one or two requests. */
const onFirstRequests =
  (fault: () => Fault) =>
  ({ api, random }: Situation): unknown =>
    api.faults.add({ fault: fault(), times: 1 + Math.floor(random() * 2) })

const respondWith = (name: string, response: () => Response): Fault => ({ name, apply: async () => response() })

const notModified = (): Fault => respondWith('304', () => new Response(null, { status: 304 }))

const signInPage = (): Response =>
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

/** Lets the client detect the generation. Up to two requests later the backend changes to another version. */
async function switchDuringCall({ api, version, client, random }: Situation): Promise<void> {
  const [from, to] = [version, versionNamed(version.otherVersion)]
  from.switchTo(api)
  await client.integrations.list()
  let remaining = Math.floor(random() * 3)
  api.faults.add({
    fault: {
      name: `${from.name} becomes ${to.name}`,
      apply: async ({ next }) => {
        remaining -= 1
        if (remaining < 0) to.switchTo(api)
        return next()
      },
    },
  })
}

/** Lets the client detect the generation of another version, then switches the backend to the version under test. */
async function switchBeforeCall({ api, version, client }: Situation): Promise<void> {
  versionNamed(version.otherVersion).switchTo(api)
  await client.integrations.list()
  version.switchTo(api)
}

const reliable = { firstCallSucceeds: true, isCounted: true }
const failing = { firstCallSucceeds: false, isCounted: true, withoutHeaders: true }

export const conditions: readonly Condition[] = [
  { name: 'no fault', ...reliable, beforeCalls: () => {} },
  { name: 'headers stripped by a proxy', ...reliable, withoutHeaders: true, beforeCalls: () => {} },
  { name: 'an empty list', ...reliable, beforeRows: (client) => client.integrations.list(), beforeCalls: () => {} },
  {
    name: 'an empty list, headers stripped',
    ...reliable,
    withoutHeaders: true,
    beforeRows: (client) => client.integrations.list(),
    beforeCalls: () => {},
  },
  { name: '401', ...failing, beforeCalls: onFirstRequests(() => errorResponse(401)) },
  { name: '404', ...failing, beforeCalls: onFirstRequests(() => errorResponse(404)) },
  { name: '429', ...failing, beforeCalls: onFirstRequests(() => rateLimited({ retryAfter: 0 })) },
  { name: '5xx', ...failing, beforeCalls: onFirstRequests(() => errorResponse(503)) },
  { name: 'an HTML error page', ...failing, beforeCalls: onFirstRequests(() => htmlResponse(502)) },
  { name: 'an HTML page with 200', ...failing, beforeCalls: onFirstRequests(() => respondWith('sign in', signInPage)) },
  { name: 'a cached 304', ...failing, beforeCalls: onFirstRequests(notModified) },
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
