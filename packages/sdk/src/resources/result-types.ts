import type {
  ActiveIntegration,
  Integration as DomainIntegration,
  IntegrationSummary as DomainIntegrationSummary,
  IntegrationFieldList,
  Ticket,
  TicketWithAnalysis,
} from '@ai-ticket-creator/domain'
import type {
  LegacyIntegrationFields,
  LegacyPlatformFields,
  LegacyTicketFields,
} from '../legacy/deprecations/legacy-accessors.ts'

/** An integration as lists show it. */
export interface IntegrationSummary extends Omit<DomainIntegrationSummary, 'enabled' | 'description'> {
  /** Some deployed backends list integrations without it. */
  description?: string | null
  /**
   * Whether tickets may be filed with it. A legacy backend does not show it: then it is derived from the statuses `active`
   * and `inactive`, and undefined for the others.
   */
  enabled: boolean | undefined
}

/** An integration with all its settings, never with its credentials. */
export interface Integration extends Omit<DomainIntegration, 'enabled'>, Pick<IntegrationSummary, 'enabled'> {}

/** A ticket as lists show it. */
export interface TicketSummary extends Omit<Ticket, 'description'> {
  /** Some deployed backends list tickets without it, and without other fields: retrieve the ticket for them. */
  description?: string
}

/** The options of a client that its types depend on. */
export interface ClientConfig {
  /** Whether results have their old names as deprecated accessors. */
  readonly legacyFields: boolean
}

/** The options of a client that is created without `legacyFields`. */
export interface DefaultClientConfig extends ClientConfig {
  readonly legacyFields: true
}

/** Input with old names; a client with `legacyFields: false` takes none. */
export type OldInput<C extends ClientConfig, Input> = C['legacyFields'] extends true ? Input : never

// Results with their old names

export interface IntegrationWithLegacyFields extends Integration, LegacyIntegrationFields {}
export interface IntegrationSummaryWithLegacyFields extends IntegrationSummary, LegacyIntegrationFields {}
export interface TicketWithLegacyFields extends Ticket, LegacyTicketFields {}
export interface TicketSummaryWithLegacyFields extends TicketSummary, LegacyTicketFields {}
export interface ActiveIntegrationWithLegacyFields extends ActiveIntegration, LegacyPlatformFields {}
export interface IntegrationFieldListWithLegacyFields extends IntegrationFieldList, LegacyPlatformFields {}
export interface TicketWithAnalysisWithLegacyFields extends Omit<TicketWithAnalysis, 'ticket'> {
  ticket: TicketWithLegacyFields
}

// Results of a client: with their old names unless `legacyFields` is false

export type IntegrationOf<C extends ClientConfig> = C['legacyFields'] extends true
  ? IntegrationWithLegacyFields
  : Integration
export type IntegrationSummaryOf<C extends ClientConfig> = C['legacyFields'] extends true
  ? IntegrationSummaryWithLegacyFields
  : IntegrationSummary
export type TicketOf<C extends ClientConfig> = C['legacyFields'] extends true ? TicketWithLegacyFields : Ticket
export type TicketSummaryOf<C extends ClientConfig> = C['legacyFields'] extends true
  ? TicketSummaryWithLegacyFields
  : TicketSummary
export type ActiveIntegrationOf<C extends ClientConfig> = C['legacyFields'] extends true
  ? ActiveIntegrationWithLegacyFields
  : ActiveIntegration
export type IntegrationFieldListOf<C extends ClientConfig> = C['legacyFields'] extends true
  ? IntegrationFieldListWithLegacyFields
  : IntegrationFieldList
export type TicketWithAnalysisOf<C extends ClientConfig> = C['legacyFields'] extends true
  ? TicketWithAnalysisWithLegacyFields
  : TicketWithAnalysis
