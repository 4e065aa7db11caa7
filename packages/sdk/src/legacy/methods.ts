import type { AuthType, CreateIntegration, LegacyCreateIntegration } from '@ai-ticket-creator/domain'
import type { RequestOptions } from '../core/options.ts'
import type { ReplaceResult, Result } from '../core/result.ts'
import type { ListOptions, ListResult } from '../pagination/page.ts'
import type {
  CreateTicket,
  CreateTicketWithAi,
  ListActiveIntegrations,
  ListIntegrations,
  ListTickets,
  ReplaceTicket,
  UpdateIntegration,
  UpdateTicket,
} from '../resources/input-types.ts'
import type { CurrentIntegrations } from '../resources/integrations/integrations.ts'
import type { CurrentTickets } from '../resources/tickets/tickets.ts'
import type {
  LegacyCreateTicket,
  LegacyCreateTicketWithAi,
  LegacyListActiveIntegrations,
  LegacyListIntegrations,
  LegacyListTickets,
  LegacyReplaceTicket,
  LegacyUpdateIntegration,
  LegacyUpdateTicket,
} from './input-types.ts'
import type {
  ActiveIntegrationOf,
  ClientConfig,
  IntegrationOf,
  IntegrationSummaryOf,
  OldInput,
  ResultsOf,
  TicketOf,
  TicketSummaryOf,
  TicketWithAnalysisOf,
} from './result-types.ts'

// The methods are declared again to add overloads with old names; editors still show the comments of the current methods. The
// compiler reports the errors of the last overload, so the current one is repeated as the last.

/** The integrations of the caller's organization, with old and new names. */
export interface Integrations<C extends ClientConfig = ClientConfig> extends CurrentIntegrations<ResultsOf<C>> {
  create<const A extends AuthType = 'api_key'>(
    input: CreateIntegration<A>,
    options?: RequestOptions,
  ): Result<IntegrationOf<C>>
  /** @deprecated `integration_type` is now `platform_name`, `is_enabled` is `enabled`. */
  create<const A extends AuthType = 'api_key'>(
    input: OldInput<C, LegacyCreateIntegration<A>>,
    options?: RequestOptions,
  ): Result<IntegrationOf<C>>
  create<const A extends AuthType = 'api_key'>(
    input: CreateIntegration<A>,
    options?: RequestOptions,
  ): Result<IntegrationOf<C>>

  list(filters?: ListIntegrations, options?: ListOptions): ListResult<IntegrationSummaryOf<C>>
  /** @deprecated `integration_type` is now `platform_name`, `is_enabled` is `enabled`. */
  list(filters: OldInput<C, LegacyListIntegrations>, options?: ListOptions): ListResult<IntegrationSummaryOf<C>>
  list(filters?: ListIntegrations, options?: ListOptions): ListResult<IntegrationSummaryOf<C>>

  update(id: string, changes: UpdateIntegration, options?: RequestOptions): Result<IntegrationOf<C>>
  /** @deprecated `is_enabled` is now `enabled`. */
  update(id: string, changes: OldInput<C, LegacyUpdateIntegration>, options?: RequestOptions): Result<IntegrationOf<C>>
  update(id: string, changes: UpdateIntegration, options?: RequestOptions): Result<IntegrationOf<C>>

  listActive(filters?: ListActiveIntegrations, options?: RequestOptions): Result<ActiveIntegrationOf<C>[]>
  /** @deprecated `integration_type` is now `platform_name`. */
  listActive(
    filters: OldInput<C, LegacyListActiveIntegrations>,
    options?: RequestOptions,
  ): Result<ActiveIntegrationOf<C>[]>
  listActive(filters?: ListActiveIntegrations, options?: RequestOptions): Result<ActiveIntegrationOf<C>[]>
}

/**
 * The tickets of the caller's organization, with old and new names.
 *
 * A legacy backend addresses integrations by name. There, methods that take an `integration_id` fail with an
 * `AmbiguousIntegrationError` when several integrations share the name. The name of an integration in the input is looked up
 * and must be unique, for every backend.
 */
export interface Tickets<C extends ClientConfig = ClientConfig> extends CurrentTickets<ResultsOf<C>> {
  create(input: CreateTicket, options?: RequestOptions): Result<TicketOf<C>>
  /**
   * With the name of an integration, which is looked up and must be unique.
   *
   * @deprecated `integration_name` is now `integration_id`, `file_ids` is `attachments`.
   */
  create(input: OldInput<C, LegacyCreateTicket>, options?: RequestOptions): Result<TicketOf<C>>
  create(input: CreateTicket, options?: RequestOptions): Result<TicketOf<C>>

  createWithAi(input: CreateTicketWithAi, options?: RequestOptions): Result<TicketWithAnalysisOf<C>>
  /**
   * With the name of an integration, which is looked up and must be unique.
   *
   * @deprecated `integration_name` is now `integration_id`.
   */
  createWithAi(input: OldInput<C, LegacyCreateTicketWithAi>, options?: RequestOptions): Result<TicketWithAnalysisOf<C>>
  createWithAi(input: CreateTicketWithAi, options?: RequestOptions): Result<TicketWithAnalysisOf<C>>

  list(filters?: ListTickets, options?: ListOptions): ListResult<TicketSummaryOf<C>>
  /** @deprecated `integration_name` is now `integration_id`. */
  list(filters: OldInput<C, LegacyListTickets>, options?: ListOptions): ListResult<TicketSummaryOf<C>>
  list(filters?: ListTickets, options?: ListOptions): ListResult<TicketSummaryOf<C>>

  update(id: string, changes: UpdateTicket, options?: RequestOptions): Result<TicketOf<C>>
  /** @deprecated `integration_name` is now `integration_id`, `file_ids` is `attachments`, `reason` is `assignment_reason`. */
  update(id: string, changes: OldInput<C, LegacyUpdateTicket>, options?: RequestOptions): Result<TicketOf<C>>
  update(id: string, changes: UpdateTicket, options?: RequestOptions): Result<TicketOf<C>>

  replace(id: string, input: ReplaceTicket, options?: RequestOptions): ReplaceResult<TicketOf<C>>
  /** @deprecated `integration_name` is now `integration_id`, `file_ids` is `attachments`. */
  replace(id: string, input: OldInput<C, LegacyReplaceTicket>, options?: RequestOptions): ReplaceResult<TicketOf<C>>
  replace(id: string, input: ReplaceTicket, options?: RequestOptions): ReplaceResult<TicketOf<C>>
}
