import type { ContractCase } from '../../model/case.ts'
import { createCases } from './create.ts'
import { credentialsCases } from './credentials.ts'
import { credentialsTimeCases } from './credentials-times.ts'
import { operationCases } from './operations.ts'
import { testAndSyncCases } from './test-and-sync.ts'
import { updateCases } from './update.ts'

/** Creating, changing and using integrations. */
export const integrations: readonly ContractCase[] = [
  ...createCases,
  ...credentialsCases,
  ...credentialsTimeCases,
  ...updateCases,
  ...testAndSyncCases,
  ...operationCases,
]
