import type { JsonObject } from '@ai-ticket-creator/domain'
import { isJsonObject } from '@ai-ticket-creator/domain/internal'
import type { Reply } from './observed-reply.ts'

/** An integration or ticket of the backend, with the field names of the current generation. */
export interface Row extends JsonObject {
  readonly id: string
}

/** What a case can use to build its requests and expectations: its preconditions and the replies so far. */
export interface CaseContext {
  /** Unique to the case: names and titles of its rows begin with it. */
  readonly tag: string
  readonly integration: Row
  readonly ticket: Row
  readonly integrations: readonly Row[]
  readonly tickets: readonly Row[]
  readonly replies: readonly Reply[]
}

/** The rows that the preconditions of a case created or found. */
export interface CreatedRows {
  readonly integrations: readonly Row[]
  readonly tickets: readonly Row[]
}

export function createCaseContext(
  tag: string,
  { integrations, tickets }: CreatedRows,
  replies: readonly Reply[],
): CaseContext {
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
  if (row === undefined) throw new TypeError('a case uses a row that its preconditions do not create')
  return row
}

/** The id of the user who created a ticket. */
export function creatorIdOf(ticket: Row): unknown {
  const { creator } = ticket
  return isJsonObject(creator) ? creator['id'] : undefined
}
