import type { Generation } from '@ai-ticket-creator/domain'

/** Revisions of the existing backend: before the refactor, the first one after it, and the newest one. */
export const PROFILES = ['existing-legacy', 'existing-refactored', 'existing-latest'] as const

/** A revision of the existing backend. */
export type Profile = (typeof PROFILES)[number]

/** The generation of a profile. */
export const generationOf = (profile: Profile): Generation => (profile === 'existing-legacy' ? 'legacy' : 'current')
