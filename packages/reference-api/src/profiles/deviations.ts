import { rows } from './deviations/table.ts'
import type { Deviation } from './hooks.ts'

/** Every way in which a profile differs from the reference app. */
export const deviations: readonly Deviation[] = rows
