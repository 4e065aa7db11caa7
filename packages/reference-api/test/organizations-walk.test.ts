import { type App, createApp } from '@ai-ticket-creator/reference-api'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { ada, bearer, bob, column, fieldsOf, idOf, itemsOf, nthId, type Reply, send } from './send.ts'

// Two organizations do as they like, in turns and with the same names; each must see exactly what it wrote itself.

const seed = Number(process.env['WALK_SEED'] ?? Date.now() % 2_147_483_647)

/** What one organization ought to see. */
interface Side {
  readonly user: typeof ada
  /** Its live integrations by id. */
  readonly live: Map<string, { readonly name: string; readonly enabled: boolean }>
  readonly tickets: Set<string>
}

interface Step {
  readonly does: keyof typeof actions
  readonly who: 0 | 1
  readonly which: number
  readonly name: string
}

/** The statuses that came and those that were due. */
interface Outcome {
  readonly came: readonly number[]
  readonly due: readonly number[]
}

type Action = (
  call: (line: string, body?: unknown) => Promise<Reply>,
  step: Step,
  own: Side,
  other: Side,
) => Promise<Outcome>

const bug = { title: 'T', description: 'D' }
const pick = ({ live }: Side, { which }: Step): string => [...live.keys()][which % Math.max(live.size, 1)] ?? nthId(999)

const change =
  (line: (id: string, step: Step) => readonly [string, unknown], next: (step: Step) => object | undefined): Action =>
  async (call, step, own) => {
    const id = pick(own, step)
    const row = own.live.get(id)
    const { status } = await call(...line(id, step))

    const changes = next(step)
    if (row !== undefined && changes !== undefined) own.live.set(id, { ...row, ...changes })
    if (changes === undefined) own.live.delete(id)
    return { came: [status], due: [row === undefined ? 404 : 200] }
  }

const actions = {
  create: async (call, { name }, own) => {
    const reply = await call('POST /integrations/', { name, platform_name: 'jira' })
    own.live.set(idOf(reply), { name, enabled: true })
    return { came: [reply.status], due: [200] }
  },
  rename: change(
    (id, { name }) => [`PUT /integrations/${id}`, { name }],
    ({ name }) => ({ name }),
  ),
  disable: change(
    (id) => [`PATCH /integrations/${id}/status`, { is_enabled: false }],
    () => ({ enabled: false }),
  ),
  delete: change(
    (id) => [`DELETE /integrations/${id}`, undefined],
    () => undefined,
  ),
  fileByName: async (call, { name }, own) => {
    const rows = [...own.live.values()]
    const named = rows.filter((row) => row.name === name)
    const meant = named.length === 0 && name === 'jira' ? rows : named
    const usable = meant.length === 1 && meant[0]?.enabled === true

    const reply = await call('POST /tickets/', { ...bug, integration_name: name })
    if (reply.status !== 201) return { came: [reply.status], due: [usable ? 201 : named.length > 1 ? 409 : 422] }
    own.tickets.add(idOf(reply))
    const filedWithOwn = own.live.has(String(fieldsOf(reply)['integration_id']))
    return { came: [reply.status], due: [usable && filedWithOwn ? 201 : 422] }
  },
  steal: async (call, step, _own, other) => {
    const id = pick(other, step)
    const replies = [
      await call(`GET /integrations/${id}`),
      await call(`PUT /integrations/${id}`, { name: 'stolen' }),
      await call(`PATCH /integrations/${id}/status`, { enabled: false }),
      await call(`DELETE /integrations/${id}`),
      await call('POST /tickets/', { ...bug, integration_id: id }),
      await call(`GET /tickets/${[...other.tickets][0] ?? nthId(999)}`),
    ]
    return { came: replies.map(({ status }) => status), due: [404, 404, 404, 404, 422, 404] }
  },
} satisfies Record<string, Action>

const step: fc.Arbitrary<Step> = fc.record({
  does: fc.constantFrom(...(Object.keys(actions) as (keyof typeof actions)[])),
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
    tickets: new Set(column(tickets, 'id').map(String)),
  }
}

test('random walks of two organizations: no row crosses over', async () => {
  console.log(`organizations: 50 walks, seed ${seed}; WALK_SEED=${seed} repeats them`)

  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 60 }), async (steps) => {
      const app = createApp({ users: [ada, bob], generation: 'transitional' })
      const sides: readonly [Side, Side] = [
        { user: ada, live: new Map(), tickets: new Set() },
        { user: bob, live: new Map(), tickets: new Set() },
      ]

      for (const one of steps) {
        const [own, other] = one.who === 0 ? sides : [sides[1], sides[0]]
        const { came, due } = await actions[one.does](
          (line, body) => send(app, line, body, bearer(own.user)),
          one,
          own,
          other,
        )
        expect({ one, came }).toEqual({ one, came: due })
      }
      for (const side of sides) {
        const { live, tickets } = side
        expect(await seenBy(app, side)).toEqual({ live, tickets })
      }
    }),
    { seed, numRuns: 50 },
  )
})
