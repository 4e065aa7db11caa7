import type { Observation } from './case.ts'

export const observations: readonly Observation[] = []
