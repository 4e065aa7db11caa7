import type { ContractCase } from '../model/case.ts'
import { access } from './access.ts'
import { GENERATED_IDS, generated } from './generated/index.ts'
import { idempotency } from './idempotency.ts'
import { integrations } from './integrations/index.ts'
import { limits } from './limits.ts'
import { lists } from './lists/index.ts'
import { nullOnCreate } from './null-on-create.ts'
import { otherOrganization } from './other-organization.ts'
import { requestIds } from './request-ids.ts'
import { requests } from './requests/index.ts'
import { retiredFields } from './retired-fields/index.ts'
import { sideEffects } from './side-effects.ts'
import { status } from './status.ts'
import { stored } from './stored.ts'
import { texts } from './texts.ts'
import { tickets } from './tickets/index.ts'
import { tokens } from './tokens.ts'
import { versions } from './versions.ts'

const fixedCases = [
  ...access,
  ...otherOrganization,
  ...tokens,
  ...requests,
  ...retiredFields,
  ...integrations,
  ...status,
  ...tickets,
  ...lists,
  ...versions,
  ...idempotency,
  ...requestIds,
  ...limits,
  ...nullOnCreate,
  ...texts,
  ...stored,
  ...sideEffects,
]

/** The ids of all cases. */
export const CASE_IDS: readonly string[] = [...fixedCases.map(({ id }) => id), ...GENERATED_IDS]

/** All cases. The bodies of the generated cases depend on the seed. */
export const casesOf = (seed: number): readonly ContractCase[] => [...fixedCases, ...generated(seed)]
