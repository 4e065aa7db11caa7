import type { Client } from '@ai-ticket-creator/sdk'
import { errorResponse, type Fault, htmlResponse, rateLimited, type TestApi } from '@ai-ticket-creator/test-utils'
import { type Age, ageCalled } from './backends.ts'

/** What stands between a client and its backend, or becomes of it. */
export interface Condition {
  readonly name: string
  /** Whether the first call has to succeed wherever it would on a quiet day: a client never fails closed. */
  readonly harmless: boolean
  /** Whether requests beside the needed ones can be told from those that a changing backend costs. */
  readonly steady: boolean
  /** Whether replies have none of the headers that show a generation or a capability. */
  readonly withoutHeaders?: boolean
  /** Before the rows are there. */
  readonly begin?: (client: Client) => Promise<unknown>
  /** Before the first call. */
  readonly prepare: (situation: Situation) => unknown
}

interface Situation {
  readonly api: TestApi
  readonly age: Age
  readonly client: Client
  readonly random: () => number
}

/** The first requests meet something else than the API. */
const first =
  (fault: () => Fault) =>
  ({ api, random }: Situation): unknown =>
    api.faults.add({ fault: fault(), times: 1 + Math.floor(random() * 2) })

const instead = (name: string, response: () => Response): Fault => ({ name, apply: async () => response() })

const notModified = (): Fault => instead('304', () => new Response(null, { status: 304 }))

const page = (): Response =>
  new Response('<!DOCTYPE html><p>Please sign in</p>', { headers: { 'Content-Type': 'text/html; charset=utf-8' } })

/** Before each request the backend is one of two. */
const mixed = ({ api, age, random }: Situation): unknown =>
  api.faults.add({
    fault: {
      name: 'a mixed fleet',
      apply: async ({ next }) => {
        const one = random() < 0.5 ? age : ageCalled(age.other)
        one.become(api)
        return next()
      },
    },
  })

/** The client learns of the backend as it was; some requests later it is another. */
async function flip({ api, age, client, random }: Situation): Promise<void> {
  const [from, to] = [age, ageCalled(age.other)]
  from.become(api)
  await client.integrations.list()
  let left = Math.floor(random() * 3)
  api.faults.add({
    fault: {
      name: `${from.name} becomes ${to.name}`,
      apply: async ({ next }) => {
        left -= 1
        if (left < 0) to.become(api)
        return next()
      },
    },
  })
}

/** The backend was another one when it was learned. */
async function flipped({ api, age, client }: Situation): Promise<void> {
  ageCalled(age.other).become(api)
  await client.integrations.list()
  age.become(api)
}

const calm = { harmless: true, steady: true }
const rough = { harmless: false, steady: true, withoutHeaders: true }

export const conditions: readonly Condition[] = [
  { name: 'nothing in between', ...calm, prepare: () => {} },
  { name: 'headers stripped by a proxy', ...calm, withoutHeaders: true, prepare: () => {} },
  { name: 'an empty list', ...calm, begin: (client) => client.integrations.list(), prepare: () => {} },
  {
    name: 'an empty list, headers stripped',
    ...calm,
    withoutHeaders: true,
    begin: (client) => client.integrations.list(),
    prepare: () => {},
  },
  { name: '401', ...rough, prepare: first(() => errorResponse(401)) },
  { name: '404', ...rough, prepare: first(() => errorResponse(404)) },
  { name: '429', ...rough, prepare: first(() => rateLimited({ retryAfter: 0 })) },
  { name: '5xx', ...rough, prepare: first(() => errorResponse(503)) },
  { name: 'an HTML error page', ...rough, prepare: first(() => htmlResponse(502)) },
  { name: 'an HTML page with 200', ...rough, prepare: first(() => instead('sign in', page)) },
  { name: 'a cached 304', ...rough, prepare: first(notModified) },
  { name: 'a mixed fleet', harmless: false, steady: false, prepare: mixed },
  { name: 'a mixed fleet, headers stripped', harmless: false, steady: false, withoutHeaders: true, prepare: mixed },
  { name: 'a flip during the call', harmless: false, steady: false, prepare: flip },
  {
    name: 'a flip during the call, headers stripped',
    harmless: false,
    steady: false,
    withoutHeaders: true,
    prepare: flip,
  },
  { name: 'a flip before the call', harmless: false, steady: true, prepare: flipped },
  {
    name: 'a flip before the call, headers stripped',
    harmless: false,
    steady: true,
    withoutHeaders: true,
    prepare: flipped,
  },
]
