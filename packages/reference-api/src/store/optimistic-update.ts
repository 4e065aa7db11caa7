import type { IdempotencyRecord } from '../ports/ports.ts'

/** The part of a store with rows of one kind. */
interface Table<Row> {
  find(organizationId: string, id: string): Promise<Row | undefined>
  replace(row: Row, version: number, record?: IdempotencyRecord): Promise<boolean>
}

interface Versioned {
  readonly version: number
  readonly deleted_at: string | null
}

/**
 * Reads a row, changes it and writes it back. When another writer came first, the update starts again from the new row. Returns
 * undefined when the row does not exist or is deleted. A change that returns undefined writes nothing, and the result is the
 * row as it was read. `recordOf` makes the record that is stored together with the row.
 */
export async function optimisticUpdate<Row extends Versioned>(
  table: Table<Row>,
  { organizationId, id }: { readonly organizationId: string; readonly id: string },
  change: (row: Row) => Promise<Row | undefined>,
  recordOf: (row: Row) => Promise<IdempotencyRecord | undefined> | undefined = () => undefined,
): Promise<Row | undefined> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const before = await table.find(organizationId, id)
    if (before === undefined || before.deleted_at !== null) return undefined

    const changed = await change(before)
    if (changed === undefined) return before
    const after = { ...changed, version: before.version + 1 }
    if (await table.replace(after, before.version, await recordOf(after))) return after
  }
  throw new Error(`a row was written by others ${MAX_ATTEMPTS} times in a row`)
}

// Each failed attempt means that another write succeeded, so only a broken store reaches this limit.
const MAX_ATTEMPTS = 1000

/** The fields that are not undefined. Optional fields have `undefined` in their type, although JSON has no such value. */
export const definedFields = <T extends object>(fields: T) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Key in keyof T]?: Exclude<T[Key], undefined>
  }
