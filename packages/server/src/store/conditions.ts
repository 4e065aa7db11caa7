import { parseTimestamp } from '@ai-ticket-creator/domain/internal'
import { type RawBuilder, sql } from 'kysely'

// The conditions of filters. A filter that was not given has none.

type Conditions = readonly RawBuilder<boolean>[]

/** The live rows of an organization. */
export const liveRowsOf = (organizationId: string): Conditions => [
  sql<boolean>`organization_id = ${organizationId}`,
  sql<boolean>`not is_deleted`,
]

export const equal = (column: string, value: string | number | boolean | undefined): Conditions =>
  value === undefined ? [] : [sql<boolean>`${sql.ref(column)} = ${value}`]

export const isTrue = (expression: RawBuilder<boolean>, wanted: boolean | undefined): Conditions =>
  wanted === undefined ? [] : [wanted ? expression : sql<boolean>`not ${expression}`]

/** No values: no condition. */
export const among = (column: string, values: readonly string[] | undefined): Conditions =>
  values === undefined || values.length === 0 ? [] : [sql<boolean>`${sql.ref(column)} in (${sql.join(values)})`]

/** Whether a text occurs in one of the columns, case-insensitive. */
export const contains = (columns: readonly string[], text: string | undefined): Conditions =>
  text === undefined
    ? []
    : [
        sql<boolean>`(${sql.join(
          columns.map((column) => sql`strpos(${lower(column)}, ${text.toLowerCase()}) > 0`),
          sql` or `,
        )})`,
      ]

/** In lower case by the rules of Unicode, independent of the locale of the database. */
const lower = (column: string): RawBuilder<string> => sql<string>`lower(${sql.ref(column)} collate "und-x-icu")`

/** A time between two texts of a query, both inclusive. The texts are read to the millisecond. */
export const within = (column: string, after: string | undefined, before: string | undefined): Conditions => [
  ...(after === undefined ? [] : [sql<boolean>`${sql.ref(column)} >= ${toIso(parseTimestamp(after))}`]),
  ...(before === undefined ? [] : [sql<boolean>`${sql.ref(column)} < ${toIso(parseTimestamp(before) + 1)}`]),
]

const toIso = (milliseconds: number): string => new Date(milliseconds).toISOString()
