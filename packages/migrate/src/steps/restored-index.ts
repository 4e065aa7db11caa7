import { type Facts, type OldIndex, ORIGINAL, RETIRED } from '../catalog/facts.ts'
import { identifier } from '../catalog/sql.ts'
import type { Action } from './step.ts'

/** The index as it was, on the column under its retired name; renaming the column back completes it. */
export function restoredIndex({ schema }: Facts, table: string, { name, definition }: OldIndex): Action {
  const concurrent = definition.replace(/^CREATE (UNIQUE )?INDEX /, 'CREATE $1INDEX CONCURRENTLY IF NOT EXISTS ')
  const renamed = (Object.keys(ORIGINAL) as (keyof typeof ORIGINAL)[]).reduce(
    (text, key) => text.replaceAll(new RegExp(`(?<!\\w)${ORIGINAL[key]}(?!\\w)`, 'g'), RETIRED[key]),
    concurrent,
  )
  return { kind: 'index', table, name: `${identifier(schema)}.${identifier(name)}`, create: renamed }
}
