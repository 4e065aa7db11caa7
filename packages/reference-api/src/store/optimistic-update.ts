/** The part of a store that keeps rows of one kind. */
interface Table<Row> {
  find(organizationId: string, id: string): Promise<Row | undefined>
  replace(row: Row, version: number): Promise<boolean>
}

interface Versioned {
  readonly version: number
  readonly deleted_at: string | null
}

/**
 * Reads a row, changes it and writes it back; when another writer came first, it starts again from the new row.
 * Undefined when the row is not there, or deleted. A change that answers undefined leaves the row as it is.
 */
export async function rewrite<Row extends Versioned>(
  table: Table<Row>,
  { organizationId, id }: { readonly organizationId: string; readonly id: string },
  change: (row: Row) => Promise<Row | undefined>,
): Promise<Row | undefined> {
  for (let attempt = 0; attempt < WRITE_ATTEMPTS; attempt++) {
    const before = await table.find(organizationId, id)
    if (before === undefined || before.deleted_at !== null) return undefined

    const changed = await change(before)
    if (changed === undefined) return before
    const after = { ...changed, version: before.version + 1 }
    if (await table.replace(after, before.version)) return after
  }
  throw new Error(`a row was written by others ${WRITE_ATTEMPTS} times in a row`)
}

// Every attempt that fails is a write of somebody else that went through: only a broken store gets here.
const WRITE_ATTEMPTS = 1000

/** The fields that are there: JSON has no undefined, the type of an optional field does. */
export const present = <T extends object>(fields: T) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Key in keyof T]?: Exclude<T[Key], undefined>
  }
