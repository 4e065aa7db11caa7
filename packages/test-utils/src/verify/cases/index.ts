import type { ContractCase } from '../model/case.ts'
import { access } from './access.ts'
import { GENERATED, generated } from './generated.ts'
import { integrations } from './integrations/index.ts'
import { limits } from './limits.ts'
import { lists } from './lists/index.ts'
import { requests } from './requests.ts'
import { retired } from './retired-fields/index.ts'
import { status } from './status.ts'
import { tickets } from './tickets/index.ts'
import { versions } from './versions.ts'

const fixed = [
  ...access,
  ...requests,
  ...retired,
  ...integrations,
  ...status,
  ...tickets,
  ...lists,
  ...versions,
  ...limits,
]

/** The ids of all cases. */
export const CASE_IDS: readonly string[] = [...fixed.map(({ id }) => id), ...GENERATED]

/** All cases; the seed decides what the generated ones send. */
export const casesOf = (seed: number): readonly ContractCase[] => [...fixed, ...generated(seed)]
