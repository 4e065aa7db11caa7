import type { Mutant } from './mutant.ts'
import { replyDefects } from './reply-defects.ts'
import { requestDefects } from './request-defects.ts'
import { rowDefects } from './row-defects.ts'

/** Mutants written by hand: each wraps the reference app and adds one defect. */
export const byHand: readonly Mutant[] = [...replyDefects, ...requestDefects, ...rowDefects]
