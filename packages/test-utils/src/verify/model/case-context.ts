import type { JsonObject } from '@ai-ticket-creator/domain'
import type { Reply } from './observed-reply.ts'

/** A row of the backend, as a reply showed it in the current words. */
export interface Row extends JsonObject {
  readonly id: string
}

/** What a case is given, and what it has been answered so far. */
export interface Rows {
  /** A text that no other case has: names and titles begin with it. */
  readonly tag: string
  readonly integration: Row
  readonly ticket: Row
  readonly integrations: readonly Row[]
  readonly tickets: readonly Row[]
  readonly replies: readonly Reply[]
}

/** The rows that preconditions have made. */
export interface Made {
  readonly integrations: readonly Row[]
  readonly tickets: readonly Row[]
}

export function createRows(tag: string, { integrations, tickets }: Made, replies: readonly Reply[]): Rows {
  return {
    tag,
    integrations,
    tickets,
    replies,
    get integration() {
      return first(integrations)
    },
    get ticket() {
      return first(tickets)
    },
  }
}

function first([row]: readonly Row[]): Row {
  if (row === undefined) throw new TypeError('a case uses a row that it is not given')
  return row
}
