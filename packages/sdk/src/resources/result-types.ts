import type {
  ActiveIntegration,
  Integration as DomainIntegration,
  IntegrationSummary as DomainIntegrationSummary,
  IntegrationFieldList,
  Ticket,
  TicketWithAnalysis,
} from '@ai-ticket-creator/domain'

/** An integration as lists show it. */
export interface IntegrationSummary extends Omit<DomainIntegrationSummary, 'enabled' | 'description'> {
  /** Some existing backends list integrations without their description. */
  description?: string | null
  /**
   * Whether tickets may be filed with the integration. Legacy replies do not show this. Then it is derived from the statuses
   * `active` and `inactive`, and undefined for other statuses.
   */
  enabled: boolean | undefined
}

/** An integration with all its settings, never with its credentials. */
export interface Integration extends Omit<DomainIntegration, 'enabled'>, Pick<IntegrationSummary, 'enabled'> {}

/** A ticket as lists show it. */
export interface TicketSummary extends Omit<Ticket, 'description'> {
  /** Some existing backends list tickets without their description and some other fields. Retrieve the ticket to get these. */
  description?: string
}

/** The results of the methods that older generations show in another form. */
export interface Results {
  readonly integration: Integration
  readonly integrationSummary: IntegrationSummary
  readonly activeIntegration: ActiveIntegration
  readonly integrationFieldList: IntegrationFieldList
  readonly ticket: Ticket
  readonly ticketSummary: TicketSummary
  readonly ticketWithAnalysis: TicketWithAnalysis
}
