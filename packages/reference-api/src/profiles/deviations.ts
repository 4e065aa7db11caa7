import type { Deviation } from './deviation.ts'
import { rows } from './table.ts'

/** Every way in which a profile differs from the reference app. */
export const deviations: readonly Deviation[] = rows
