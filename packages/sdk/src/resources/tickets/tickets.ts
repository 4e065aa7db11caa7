import type { Attachment, TicketStats, TicketStatus } from '@ai-ticket-creator/domain'
import type { RequestOptions } from '../../core/options.ts'
import type { ReplaceResult, Result } from '../../core/result.ts'
import type { ListOptions, ListResult } from '../../pagination/page.ts'
import type { CreateTicket, CreateTicketWithAi, ListTickets, ReplaceTicket, UpdateTicket } from '../input-types.ts'
import type { Results } from '../result-types.ts'

/**
 * The tickets of the caller's organization.
 *
 * Every method can fail with an `InvalidRequestError` before anything is sent, an `ApiError`, a `ConnectionError`, a
 * `TimeoutError` or a `ResponseMismatchError`; a method that writes, also with a `SilentDropError` when the backend ignores a
 * field. Other errors are listed with each method.
 */
export interface CurrentTickets<R extends Results = Results> {
  /**
   * Creates a ticket and, with `integration_id`, files it on the integration's platform.
   *
   * @throws InvalidRequestError before anything is sent.
   * @throws IntegrationNotFoundError, IntegrationUnusableError
   * @throws OutcomeUnknownError when it is not known whether the ticket was created, or filed.
   */
  create(input: CreateTicket, options?: RequestOptions): Result<R['ticket']>

  /**
   * Drafts a ticket from a user's text, and files it like `create`. The result has the ticket and the analysis of the
   * text.
   *
   * @throws InvalidRequestError before anything is sent.
   * @throws IntegrationNotFoundError, IntegrationUnusableError
   * @throws OutcomeUnknownError as in `create`.
   */
  createWithAi(input: CreateTicketWithAi, options?: RequestOptions): Result<R['ticketWithAnalysis']>

  /** Retrieves one ticket. */
  retrieve(id: string, options?: RequestOptions): Result<R['ticket']>

  /**
   * Lists tickets: newest first unless `sort_by` is given, 20 per page unless `size` is given.
   *
   * @throws InvalidRequestError before anything is sent.
   * @throws FilterNotSupportedError when neither the backend nor the client can apply a filter.
   * @throws SortNotSupportedError when neither the backend nor the client can sort the rows.
   */
  list(filters?: ListTickets, options?: ListOptions): ListResult<R['ticketSummary']>

  /**
   * Changes some fields. Absent fields keep their values; `null` clears a field. A retrieved ticket can be sent back.
   * `due_date` is returned as `sla_due_date`.
   *
   * The backend's PATCH cannot express everything (`null`, `urgency`, `integration_id`, long texts). Then the ticket is
   * read, merged and written by PUT. That is atomic where the backend announces `if-match`; elsewhere, changes that others
   * make in between are lost. If two requests are needed and the second fails, the error lists the written fields as
   * `applied`.
   *
   * @throws InvalidRequestError before anything is written.
   * @throws SilentDropError when the backend accepts a `null` and does not clear the field.
   * @throws ResponseMismatchError when a reply lacks a field that the PUT would clear.
   * @throws IntegrationNotFoundError, IntegrationUnusableError as in `create`.
   */
  update(id: string, changes: UpdateTicket, options?: RequestOptions): Result<R['ticket']>

  /**
   * Writes a ticket by PUT. Some backends clear absent fields: `withResponse()` lists those as `cleared`. To change single
   * fields, use `update`.
   *
   * @throws InvalidRequestError before anything is written.
   * @throws SilentDropError when the backend accepts a `null` and does not clear the field.
   * @throws IntegrationNotFoundError, IntegrationUnusableError as in `create`.
   */
  replace(id: string, input: ReplaceTicket, options?: RequestOptions): ReplaceResult<R['ticket']>

  /** Deletes a ticket. Its copy on the platform of the integration is not deleted. */
  delete(id: string, options?: RequestOptions): Result<void>

  /**
   * Changes the status. `resolved` and `closed` need a `resolution_summary`.
   *
   * @throws InvalidRequestError before anything is sent.
   */
  setStatus(id: string, status: TicketStatus, options?: TicketStatusOptions): Result<R['ticket']>

  /**
   * Assigns the ticket to a user of the organization; `null` unassigns it.
   *
   * @throws InvalidRequestError before anything is sent.
   * @throws SilentDropError when the backend accepts `null` and keeps the assignee, as the refactored revision of the
   * existing backend does.
   */
  assign(id: string, userId: string | null, options?: AssignOptions): Result<R['ticket']>

  /** Statistics of all tickets of the organization. */
  stats(options?: RequestOptions): Result<TicketStats>

  /** The files of a ticket, by reference. */
  readonly attachments: TicketAttachments<R>
}

/** The files of a ticket, by reference. */
export interface TicketAttachments<R extends Results = Results> {
  /**
   * Adds files that were uploaded before, and returns the ticket.
   *
   * @throws InvalidRequestError before anything is sent.
   */
  add(id: string, attachments: readonly Attachment[], options?: RequestOptions): Result<R['ticket']>

  /** Lists the files of a ticket. */
  list(id: string, options?: RequestOptions): Result<Attachment[]>
}

/** The last argument of `setStatus`. */
export interface TicketStatusOptions extends RequestOptions {
  /** How the ticket was resolved: required for `resolved` and `closed`. */
  readonly resolution_summary?: string | null | undefined
  /** Notes that are hidden from the requester. */
  readonly internal_notes?: string | null | undefined
}

/** The last argument of `assign`. */
export interface AssignOptions extends RequestOptions {
  /** Why the ticket is assigned, sent as `assignment_reason`. At most 500 characters. */
  readonly reason?: string | undefined
}
