import type { ContractCase } from '../../model/case.ts'
import { attachmentCases } from './attachments.ts'
import { byNameCases } from './by-name.ts'
import { changeCases } from './changes.ts'
import { createCases } from './create.ts'
import { deleteAndRetrieveCases } from './delete-and-retrieve.ts'
import { filingCases } from './filing.ts'
import { statsCases } from './stats.ts'
import { updateCases } from './updates.ts'
import { aiCases } from './with-ai.ts'

/** Creating, changing and deleting tickets, and their statistics. */
export const tickets: readonly ContractCase[] = [
  ...createCases,
  ...filingCases,
  ...byNameCases,
  ...aiCases,
  ...updateCases,
  ...changeCases,
  ...attachmentCases,
  ...deleteAndRetrieveCases,
  ...statsCases,
]
