import type { Generation } from '@ai-ticket-creator/domain'

/** The ages of the existing backend: the legacy wire, the refactored one, and the same at the head of its main branch. */
export const PROFILES = ['existing-legacy', 'existing-refactored', 'existing-latest'] as const

/** An age of the existing backend. */
export type Profile = (typeof PROFILES)[number]

/** The words that an age speaks. */
export const generationOf = (profile: Profile): Generation => (profile === 'existing-legacy' ? 'legacy' : 'current')
