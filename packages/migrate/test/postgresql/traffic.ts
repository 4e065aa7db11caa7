import { setTimeout as sleep } from 'node:timers/promises'
import { type Connection, connect } from '../../src/index.ts'
import { insertCurrent, insertLegacy, insertTicket, ORGANIZATIONS, USERS } from '../legacy-tables.ts'
import type { Ledger } from './ledger.ts'

/** The integration that new clients link their tickets to. */
export const LINKED = { id: '5a5a5a5a-5a5a-4a5a-8a5a-5a5a5a5a5a5a', name: 'Linked' }

/** A client of the old schema and one of the new schema, which write until they are stopped. */
export function startTraffic(url: string, ledger: Ledger): { readonly stop: () => Promise<void> } {
  const stopping = new AbortController()
  const failures: unknown[] = []

  const repeat = async (client: Client) => {
    let connection: Connection | undefined
    for (let round = 0; !stopping.signal.aborted; round++) {
      try {
        connection ??= await connect(url)
        await client.write(connection, ledger, round)
      } catch (error) {
        if (isLost(error)) connection = undefined
        else if (!client.mayFail.test(String(error))) failures.push(error)
      }
      await sleep(5)
    }
    await connection?.close()
  }

  const writing = [oldClient, newClient].map(repeat)
  return {
    async stop() {
      stopping.abort()
      await Promise.all(writing)
      if (failures.length > 0) throw new AggregateError(failures, 'a client had errors')
    },
  }
}

interface Client {
  readonly write: (connection: Connection, ledger: Ledger, round: number) => Promise<void>
  /** The errors that are expected while the columns of the client do not exist. */
  readonly mayFail: RegExp
}

const isLost = (error: unknown): boolean => /terminat|cannot connect|ECONN|EPIPE|not queryable/i.test(String(error))

const oldClient: Client = {
  async write(connection, ledger, round) {
    const id = crypto.randomUUID()
    await ledger.write(connection, insertLegacy({ type: 'slack', status: 'active', isEnabled: true, id }), {
      table: 'integrations',
      id,
      values: 'slack active t',
    })
    const [change, values] = OLD_CHANGES[round % OLD_CHANGES.length] ?? ['', '']
    await ledger.write(connection, `UPDATE public.integrations SET ${change} WHERE id = '${id}'`, {
      table: 'integrations',
      id,
      values,
    })

    const ticket = crypto.randomUUID()
    const name = OLD_NAMES[round % OLD_NAMES.length] ?? ''
    await ledger.write(connection, insertTicket({ title: 'old', name, creator: 'A', id: ticket }), {
      table: 'tickets',
      id: ticket,
      values: name,
    })
  },
  // The old columns do not exist after `retire`, until it is undone.
  mayFail: /column .* does not exist/,
}

const OLD_CHANGES = [
  ["integration_type = 'zoom'", 'zoom active t'],
  ["status = 'inactive', is_enabled = false", 'slack inactive f'],
  ["integration_type = 'jira', status = 'error'", 'jira error t'],
] as const
const OLD_NAMES = [LINKED.name, ` ${LINKED.name} `, 'unknown', 'slack', '  ']

// It only inserts. Without the triggers PostgreSQL refuses an insert, but accepts an update, which would change one side only.
const newClient: Client = {
  async write(connection, ledger, round) {
    const id = crypto.randomUUID()
    const [platform, category, enabled] = NEW_ROWS[round % NEW_ROWS.length] ?? NEW_ROWS[0]
    const status = enabled ? 'active' : 'inactive'
    await ledger.write(connection, insertCurrent({ platform, category, status, enabled, id }), {
      table: 'integrations',
      id,
      values: `${platform} ${status} ${enabled ? 't' : 'f'}`,
    })

    const ticket = crypto.randomUUID()
    await ledger.write(
      connection,
      `INSERT INTO public.tickets (id, title, created_by_id, organization_id, integration_id) VALUES ('${ticket}', 'new', '${USERS.A}', '${ORGANIZATIONS.A}', '${LINKED.id}')`,
      { table: 'tickets', id: ticket, values: LINKED.name },
    )
  },
  // Before the triggers exist, nothing fills the old columns.
  mayFail: /column .* does not exist|null value in column "(?:integration_type|is_enabled)"/,
}

const NEW_ROWS = [
  ['github', 'code_repository', true],
  ['sms', 'communication', false],
] as const
