import type { Mutant } from '../mutant.ts'
import { deleteDefects } from './deletes.ts'
import { filterDefects } from './filters.ts'
import { organizationDefects } from './organizations.ts'
import { storedDefects } from './stored.ts'
import { textDefects } from './texts.ts'
import { tokenDefects } from './tokens.ts'
import { idDefects, nullDefects, secretDefects } from './values.ts'

/**
 * Ten mutants that the verification is known not to find, each the first of its kind, and 40 further ones of the same
 * kinds, frozen before cases for these kinds were written.
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
