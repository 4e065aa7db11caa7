import { ENDPOINT_IDS, type EndpointId, endpointOf } from '@ai-ticket-creator/domain'
import { fillPath, paramNames } from '@ai-ticket-creator/domain/internal'
import { type App, type AppUser, createApp, type Store } from '@ai-ticket-creator/reference-api'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { propertyRun } from './property-run.ts'
import {
  ada,
  bearer,
  bob,
  column,
  type Fields,
  fieldsOf,
  idOf,
  itemsOf,
  nthId,
  type Reply,
  send,
  sorted,
} from './send.ts'

// Two organizations make random calls with the same names; each must see exactly its own rows.

const users = [ada, bob]
const { size: walks, seed } = propertyRun('walks of two organizations', { size: 'WALKS', seed: 'WALK_SEED' }, 15)

/**
 * Tests an API with a store. `createStore` returns an empty one, in which the two users can have rows, and is called for each
 * walk.
 */
export function describeOrganizationWalks(
  name: string,
  createStore: (users: readonly AppUser[]) => Store | Promise<Store>,
): void {
  test(`random walks of two organizations, ${name}: neither sees a row of the other`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 60 }), async (steps) => {
        const app = createApp({ store: await createStore(users), users, generation: 'transitional' })
        const sides: readonly [Side, Side] = [
          { user: ada, live: new Map(), tickets: new Map() },
          { user: bob, live: new Map(), tickets: new Map() },
        ]

        for (const one of steps) {
          const [own, other] = one.who === 0 ? sides : [sides[1], sides[0]]
          const { actual, expected } = await actions[one.action](
            (line, body) => send(app, line, body, bearer(own.user)),
            one,
            own,
            other,
          )
          expect({ one, actual }).toEqual({ one, actual: expected })
          if (one.which === 0) await app.runDueChecks()
        }
        for (const side of sides) {
          const { live, tickets } = side
          expect(await seenBy(app, side)).toEqual({ live, tickets })
        }
      }),
      { seed, numRuns: walks },
    )
  }, 7_200_000)
}

/** The rows that one organization should see. */
interface Side {
  readonly user: typeof ada
  /** Integrations by id, without deleted ones. */
  readonly live: Map<string, { readonly name: string; readonly enabled: boolean }>
  /** Tickets by id, without deleted ones. */
  readonly tickets: Map<string, Ticket>
}

interface Ticket {
  readonly title: string
  readonly status: string
  readonly assigned_to_id: string | null
  readonly files: readonly string[]
}

interface Step {
  readonly action: keyof typeof actions
  /** The organization that calls. */
  readonly who: 0 | 1
  /** Selects one of the rows. */
  readonly which: number
  readonly name: string
}

/** The actual and the expected outcome of a step. */
interface Outcome {
  readonly actual: unknown
  readonly expected: unknown
}

type Action = (
  call: (line: string, body?: unknown) => Promise<Reply>,
  step: Step,
  own: Side,
  other: Side,
) => Promise<Outcome>

const bug = { title: 'T', description: 'D' }
const fresh: Ticket = { title: 'T', status: 'new', assigned_to_id: null, files: [] }
const unknownId = nthId(999)
const pick = (rows: ReadonlyMap<string, unknown>, { which }: Step): string =>
  [...rows.keys()][which % Math.max(rows.size, 1)] ?? unknownId

/** A call that changes or deletes a row. */
const changing =
  <Row extends object>(
    rowsOf: (side: Side) => Map<string, Row>,
    line: (id: string, step: Step, own: Side) => readonly [string, unknown?],
    next: (step: Step, own: Side, row: Row) => Partial<Row> | undefined,
    success: 200 | 204 = 200,
  ): Action =>
  async (call, step, own) => {
    const rows = rowsOf(own)
    const id = pick(rows, step)
    const row = rows.get(id)
    const { status } = await call(...line(id, step, own))

    const changes = row && next(step, own, row)
    if (row !== undefined && changes !== undefined) rows.set(id, { ...row, ...changes })
    if (changes === undefined) rows.delete(id)
    return { actual: status, expected: row === undefined ? 404 : success }
  }

const integration = (
  line: (id: string, step: Step) => readonly [string, unknown?],
  next: (step: Step) => { name?: string; enabled?: boolean } | undefined,
): Action => changing(({ live }) => live, line, next)
const ticket = (
  line: (id: string, step: Step, own: Side) => readonly [string, unknown?],
  next: (step: Step, own: Side, row: Ticket) => Partial<Ticket> | undefined,
  success: 200 | 204 = 200,
): Action => changing(({ tickets }) => tickets, line, next, success)

/** Files a ticket by name. The expected outcome depends on how many integrations have the name and whether it is usable. */
const filing =
  (line: string, body: Fields, ticketIn: (reply: Reply) => Fields, title: string): Action =>
  async (call, { name }, own) => {
    const rows = [...own.live.values()]
    const named = rows.filter((row) => row.name === name)
    const matching = named.length === 0 && name === 'jira' ? rows : named
    const usable = matching.length === 1 && matching[0]?.enabled === true

    const reply = await call(line, { ...body, integration_name: name })
    if (reply.status !== 201) return { actual: reply.status, expected: usable ? 201 : named.length > 1 ? 409 : 422 }
    const filed = ticketIn(reply)
    own.tickets.set(String(filed['id']), { ...fresh, title })
    const isOwn = own.live.has(String(filed['integration_id']))
    return { actual: reply.status, expected: usable && isOwn ? 201 : 422 }
  }

/** A body for every endpoint with one. */
const bodies: Partial<Record<EndpointId, unknown>> = {
  'integrations.update': { name: 'stolen' },
  'integrations.setStatus': { enabled: false },
  'integrations.test': {},
  'integrations.sync': { sync_type: 'full' },
  'tickets.replace': { title: 'stolen' },
  'tickets.update': { title: 'stolen' },
  'tickets.setStatus': { status: 'cancelled' },
  'tickets.assign': { assigned_to_id: null },
  'tickets.addAttachments': { attachments: [{ file_id: unknownId }] },
}
export const endpointsOfOneRow = ENDPOINT_IDS.filter((id) => paramNames(endpointOf(id).path).length > 0)

const actions = {
  create: async (call, { name }, own) => {
    const reply = await call('POST /integrations/', { name, platform_name: 'jira' })
    own.live.set(idOf(reply), { name, enabled: true })
    return { actual: reply.status, expected: 200 }
  },
  rename: integration(
    (id, { name }) => [`PUT /integrations/${id}`, { name }],
    ({ name }) => ({ name }),
  ),
  disable: integration(
    (id) => [`PATCH /integrations/${id}/status`, { is_enabled: false }],
    () => ({ enabled: false }),
  ),
  activate: integration(
    (id) => [`POST /integrations/${id}/activate`],
    () => ({ enabled: true }),
  ),
  test: integration(
    (id) => [`POST /integrations/${id}/test`, {}],
    () => ({}),
  ),
  sync: integration(
    (id) => [`POST /integrations/${id}/sync`, { sync_type: 'full' }],
    () => ({}),
  ),
  fields: integration(
    (id) => [`GET /integrations/${id}/fields`],
    () => ({}),
  ),
  delete: integration(
    (id) => [`DELETE /integrations/${id}`],
    () => undefined,
  ),
  active: async (call, _, { live }) => {
    const expected = [...live].filter(([, { enabled }]) => enabled).map(([id]) => id)
    return { actual: sorted(column(await call('GET /integrations/active'), 'id')), expected: sorted(expected) }
  },

  file: async (call, _, own) => {
    const reply = await call('POST /tickets/', bug)
    own.tickets.set(idOf(reply), fresh)
    return { actual: reply.status, expected: 201 }
  },
  fileByName: filing('POST /tickets/', bug, fieldsOf, 'T'),
  draftByName: filing(
    'POST /tickets/ai-create',
    { user_input: 'Drafted' },
    (reply) => fieldsOf({ json: fieldsOf(reply)['ticket'] }),
    'Drafted',
  ),
  replace: ticket(
    (id, { name }) => [`PUT /tickets/${id}`, { title: name }],
    ({ name }) => ({ title: name }),
  ),
  resolve: ticket(
    (id) => [`PATCH /tickets/${id}`, { status: 'resolved', resolution_summary: 'Done' }],
    () => ({ status: 'resolved' }),
  ),
  reopen: ticket(
    (id) => [`PATCH /tickets/${id}/status`, { status: 'open' }],
    () => ({ status: 'open' }),
  ),
  assign: ticket(
    (id, _, { user }) => [`PATCH /tickets/${id}/assign`, { assigned_to_id: user.id }],
    (_, { user }) => ({ assigned_to_id: user.id }),
  ),
  attach: ticket(
    (id, { which }) => [`POST /tickets/${id}/attachments`, { attachments: [{ file_id: nthId(which) }] }],
    ({ which }, _, { files }) => ({ files: [...new Set([...files, nthId(which)])] }),
  ),
  deleteTicket: ticket(
    (id) => [`DELETE /tickets/${id}`],
    () => undefined,
    204,
  ),
  count: async (call, _, { tickets }) => {
    const { total_tickets: total, resolved_tickets: resolved } = fieldsOf(await call('GET /tickets/stats/overview'))
    const expected = [...tickets.values()]
    return {
      actual: [total, resolved],
      expected: [expected.length, expected.filter(({ status }) => status === 'resolved').length],
    }
  },

  useOtherIds: async (call, step, own, other) => {
    const ids = { integration_id: pick(other.live, step), ticket_id: pick(other.tickets, step) }
    const actual: unknown[] = []
    for (const id of endpointsOfOneRow) {
      const { method, path } = endpointOf(id)
      actual.push([id, (await call(`${method} ${fillPath(path, ids)}`, bodies[id])).status])
    }
    const ownTicket = pick(own.tickets, step)
    const withOtherIds = [
      await call('POST /tickets/', { ...bug, integration_id: ids.integration_id }),
      await call('POST /tickets/', { ...bug, assigned_to_id: other.user.id }),
      await call('POST /tickets/ai-create', { user_input: 'x', integration_id: ids.integration_id }),
      await call(`PUT /tickets/${ownTicket}`, { integration_id: ids.integration_id }),
      await call(`PUT /tickets/${ownTicket}`, { assigned_to_id: other.user.id }),
    ]
    const refused = ownTicket === unknownId ? 404 : 422
    return {
      actual: [...actual, withOtherIds.map(({ status }) => status)],
      expected: [...endpointsOfOneRow.map((id) => [id, 404]), [422, 422, 422, refused, refused]],
    }
  },
} satisfies Record<string, Action>

const step: fc.Arbitrary<Step> = fc.record({
  action: fc.constantFrom(...(Object.keys(actions) as (keyof typeof actions)[])),
  who: fc.constantFrom(0, 1),
  which: fc.nat(9),
  name: fc.constantFrom('Alpha', 'Beta', 'Gamma', 'jira'),
})

async function seenBy(app: App, { user }: Side): Promise<Omit<Side, 'user'>> {
  const integrations = await send(app, 'GET /integrations/?limit=100', undefined, bearer(user))
  const tickets = await send(app, 'GET /tickets/?size=100', undefined, bearer(user))
  return {
    live: new Map(
      itemsOf(integrations).map(({ id, name, enabled }) => [
        String(id),
        { name: String(name), enabled: enabled === true },
      ]),
    ),
    tickets: new Map(
      itemsOf(tickets).map(({ id, title, status, assigned_to_id, attachments }) => [
        String(id),
        {
          title: String(title),
          status: String(status),
          assigned_to_id: typeof assigned_to_id === 'string' ? assigned_to_id : null,
          files: attachments === null ? [] : column({ json: attachments }, 'file_id').map(String),
        },
      ]),
    ),
  }
}
