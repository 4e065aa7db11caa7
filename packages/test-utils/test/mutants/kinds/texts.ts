import type { JsonObject } from '@ai-ticket-creator/domain'
import { isJsonObject } from '@ai-ticket-creator/domain/internal'
import type { Mutant } from '../mutant.ts'
import { storingTickets } from './store-defects.ts'

const cut = (text: string, length: number): string => [...text].slice(0, length).join('')

/** Texts that are stored otherwise than they were sent. */
export const textDefects: readonly Mutant[] = [
  storingTickets('description-cut', 'descriptions are cut at 255 characters', (row) => ({
    ...row,
    description: cut(row.description, 255),
  })),
  storingTickets('notes-cut', '`internal_notes` are cut at 255 characters', (row) => ({
    ...row,
    internal_notes: row.internal_notes === null ? null : cut(row.internal_notes, 255),
  })),
  storingTickets('description-without-emoji', 'emoji in descriptions become question marks', (row) => ({
    ...row,
    description: row.description.replaceAll(/[\u{10000}-\u{10ffff}]/gu, '?'),
  })),
  storingTickets('description-on-one-line', 'lines of a description are joined', (row) => ({
    ...row,
    description: row.description.replaceAll(/\s*\n\s*/g, ' '),
  })),
  storingTickets('description-without-markup', 'tags are removed from descriptions', (row) => ({
    ...row,
    description: row.description.replaceAll(/<\/?[a-z][^<>]*>/gi, ''),
  })),
  storingTickets('custom-fields-trimmed', 'strings in `custom_fields` are trimmed', (row) => ({
    ...row,
    custom_fields: row.custom_fields === null ? null : trimIn(row.custom_fields),
  })),
]

function trimIn(value: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      if (typeof inner === 'string') return [key, inner.trim()]
      return [key, isJsonObject(inner) ? trimIn(inner) : inner]
    }),
  )
}
