import type { Mutant } from '../mutant.ts'
import { deleteDefects } from './deletes.ts'
import { filterDefects } from './filters.ts'
import { organizationDefects } from './organizations.ts'
import { storedDefects } from './stored.ts'
import { textDefects } from './texts.ts'
import { tokenDefects } from './tokens.ts'
import { idDefects, nullDefects, secretDefects } from './values.ts'

/**
 * The second list of mutants, 50 of them. The verification did not find the first mutant of each of ten kinds; 40 more of
 * these kinds were added. The list was frozen before any case was written for these kinds.
 */
export const byKind: readonly Mutant[] = [
  ...filterDefects,
  ...organizationDefects,
  ...tokenDefects,
  ...textDefects,
  ...deleteDefects,
  ...storedDefects,
  ...secretDefects,
  ...idDefects,
  ...nullDefects,
]
