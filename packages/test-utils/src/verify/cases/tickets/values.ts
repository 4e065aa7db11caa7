import type { JsonObject } from '@ai-ticket-creator/domain'

/** A file beside the one that tickets are given with. */
export const OTHER_FILE = 'a0000000-0000-4000-8000-0000000000f2'

/** The id of a person, as tickets show him. */
export function idOf(person: unknown): unknown {
  return (person as JsonObject | undefined)?.['id']
}
