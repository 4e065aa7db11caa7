import { setTimeout as sleep } from 'node:timers/promises'
import { connect } from '../../src/index.ts'
import { insertLegacy } from '../legacy-tables.ts'

/** Rows that an old client inserted, and was told so. */
interface Written {
  /** Those that are not there with their old values. */
  readonly missing: () => Promise<readonly string[]>
  readonly remove: () => Promise<void>
}

/** An old client that inserts rows and changes them, until it is stopped. It ignores that its columns are retired. */
export async function startOldClient(url: string) {
  const connection = await connect(url)
  const stopping = new AbortController()
  const acknowledged: string[] = []
  const failures: unknown[] = []

  const write = async () => {
    while (!stopping.signal.aborted) {
      const id = crypto.randomUUID()
      try {
        await connection.query(insertLegacy({ type: 'slack', status: 'active', isEnabled: true, id }))
        await connection.query(`UPDATE public.integrations SET integration_type = 'zoom' WHERE id = '${id}'`)
        acknowledged.push(id)
      } catch (error) {
        // The old columns are gone while they are retired.
        if (!/column .* does not exist|null value in column/.test(String(error))) failures.push(error)
      }
      await sleep(5)
    }
  }
  const writing = write()
  return {
    async stop(): Promise<Written> {
      stopping.abort()
      await writing
      await connection.close()
      if (failures.length > 0) throw new AggregateError(failures, 'the old client had errors')
      return { missing: () => findMissing(url, acknowledged), remove: () => remove(url) }
    },
  }
}

async function findMissing(url: string, ids: readonly string[]): Promise<readonly string[]> {
  const connection = await connect(url)
  const { rows } = await connection.query<{ id: string }>(
    "SELECT id FROM unnest($1::uuid[]) AS id WHERE NOT EXISTS (SELECT FROM public.integrations i WHERE i.id = id.id AND integration_type = 'zoom' AND is_enabled AND status = 'active')",
    [ids],
  )
  await connection.close()
  return rows.map(({ id }) => id)
}

async function remove(url: string): Promise<void> {
  const connection = await connect(url)
  await connection.query("DELETE FROM public.integrations WHERE integration_type IN ('slack', 'zoom')")
  await connection.close()
}
