import type { CallContext } from '../core/context.ts'
import type { WithResponse } from '../core/result.ts'
import { request } from '../request.ts'
import type { IntegrationSummary } from '../resources/types.ts'

/** All integrations that filters of the backend leave, the oldest first unless sorted otherwise. */

export async function listAll(
  call: CallContext,
  filters: Readonly<Record<string, string>>,
): Promise<WithResponse<IntegrationSummary[]>> {
  const limit = 100
  // A row that moves to another page while they are read must not count twice.
  const rows = new Map<string, IntegrationSummary>()
  for (let offset = 0; ; offset += limit) {
    const query = { sort_by: 'created_at', sort_order: 'asc', ...filters, offset, limit }
    const { data, response } = await request<IntegrationSummary[]>(call, 'integrations.list', { query })
    for (const row of data) rows.set(row.id, row)
    if (data.length < limit) return { data: [...rows.values()], response, unverified: [] }
  }
}
