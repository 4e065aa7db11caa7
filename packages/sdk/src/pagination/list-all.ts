import type { CallContext } from '../core/call-context.ts'
import type { WithResponse } from '../core/result.ts'
import { walkRows } from '../core/walk-rows.ts'
import { createListSource, type Row } from './row-source.ts'

/** Reads all integrations that match the filters, the oldest first. The backend must apply the filters. */
export async function listAllIntegrations<T extends Row>(
  call: CallContext,
  filters: Readonly<Record<string, string>>,
): Promise<WithResponse<T[]>> {
  const oldestFirst = { sort_by: 'created_at', sort_order: 'asc', ...filters }
  const source = createListSource<T>(call, { endpointId: 'integrations.list' }, oldestFirst)

  // By id: a row that moves to another page during the read must not count twice.
  const rows = new Map<string, T>()
  const { response } = await walkRows(source, { index: 0 }, ({ row }) => {
    rows.set(row.id, row)
    return true
  })
  return { data: [...rows.values()], response, unverified: [] }
}
