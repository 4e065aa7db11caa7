import type { CallContext } from '../core/context.ts'
import { readPages } from '../core/read-pages.ts'
import type { WithResponse } from '../core/result.ts'
import { request } from '../request.ts'

const PAGE_SIZE = 100

/** Reads all integrations that fit the filters, the oldest first unless sorted otherwise. */
export async function listAllIntegrations<T extends { readonly id: string }>(
  call: CallContext,
  filters: Readonly<Record<string, string>>,
): Promise<WithResponse<T[]>> {
  const readPage = async (offset: number) => {
    const query = { sort_by: 'created_at', sort_order: 'asc', ...filters, offset, limit: PAGE_SIZE }
    const { data: rows, response } = await request<T[]>(call, 'integrations.list', { query })
    return { rows, response, hasMore: rows.length >= PAGE_SIZE }
  }

  // By id: a row that moves to another page while they are read must not count twice.
  const rows = new Map<string, T>()
  const { response } = await readPages(PAGE_SIZE, readPage, (page) => {
    for (const row of page.rows) rows.set(row.id, row)
  })
  return { data: [...rows.values()], response, unverified: [] }
}
