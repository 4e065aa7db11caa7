import type { ContractCase } from '../../model/case.ts'
import { activeListCases } from './active-integrations.ts'
import { cursorCases } from './cursors.ts'
import { filterCases } from './filters.ts'
import { integrationListCases } from './integrations.ts'
import { invalidFilterCases } from './invalid-filters.ts'
import { listKinds } from './kinds.ts'
import { sortCases } from './orders.ts'
import { sizeCases } from './pages.ts'
import { ticketListCases } from './tickets.ts'

/** Lists: pages, orders and filters. */
export const lists: readonly ContractCase[] = [
  ...listKinds.flatMap(cursorCases),
  ...listKinds.flatMap(sizeCases),
  ...listKinds.flatMap(sortCases),
  ...listKinds.flatMap(filterCases),
  ...integrationListCases,
  ...activeListCases,
  ...ticketListCases,
  ...invalidFilterCases,
]
