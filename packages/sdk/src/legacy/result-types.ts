import type { ActiveIntegration, IntegrationFieldList, Ticket, TicketWithAnalysis } from '@ai-ticket-creator/domain'
import type { Integration, IntegrationSummary, Results, TicketSummary } from '../resources/result-types.ts'
import type {
  LegacyIntegrationFields,
  LegacyPlatformFields,
  LegacyTicketFields,
} from './deprecations/legacy-accessors.ts'

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

/** The results with their old names. */
export interface ResultsWithLegacyFields extends Results {
  readonly integration: IntegrationWithLegacyFields
  readonly integrationSummary: IntegrationSummaryWithLegacyFields
  readonly activeIntegration: ActiveIntegrationWithLegacyFields
  readonly integrationFieldList: IntegrationFieldListWithLegacyFields
  readonly ticket: TicketWithLegacyFields
  readonly ticketSummary: TicketSummaryWithLegacyFields
  readonly ticketWithAnalysis: TicketWithAnalysisWithLegacyFields
}

/** The results of a client: with their old names unless `legacyFields` is false. */
export type ResultsOf<C extends ClientConfig> = C['legacyFields'] extends true ? ResultsWithLegacyFields : Results

export type IntegrationOf<C extends ClientConfig> = ResultsOf<C>['integration']
export type IntegrationSummaryOf<C extends ClientConfig> = ResultsOf<C>['integrationSummary']
export type TicketOf<C extends ClientConfig> = ResultsOf<C>['ticket']
export type TicketSummaryOf<C extends ClientConfig> = ResultsOf<C>['ticketSummary']
export type ActiveIntegrationOf<C extends ClientConfig> = ResultsOf<C>['activeIntegration']
export type IntegrationFieldListOf<C extends ClientConfig> = ResultsOf<C>['integrationFieldList']
export type TicketWithAnalysisOf<C extends ClientConfig> = ResultsOf<C>['ticketWithAnalysis']
