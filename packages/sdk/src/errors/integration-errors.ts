import type { ProblemCandidate, UnusableReason } from '@ai-ticket-creator/domain'
import { defineName, TicketCreatorError } from './base.ts'

/** The facts of the errors about a ticket's integration; which are known depends on who found out. */

export interface IntegrationErrorOptions {
  /** The name that was asked for. */
  readonly integrationName?: string | undefined
  readonly id?: string | undefined
  /** Set when the service found out. */
  readonly requestId?: string | undefined
}
/** No integration has the name or the id. */

export class IntegrationNotFoundError extends TicketCreatorError {
  static {
    defineName(IntegrationNotFoundError, 'IntegrationNotFoundError')
  }
  readonly code = 'integration_not_found'
  readonly integrationName: string | undefined
  readonly id: string | undefined
  readonly requestId: string | undefined

  constructor(message: string, facts: IntegrationErrorOptions) {
    super(message)
    this.integrationName = facts.integrationName
    this.id = facts.id
    this.requestId = facts.requestId
  }
}
/** Several integrations have the name: choose one of `candidates` by its id. */

export class AmbiguousIntegrationError extends TicketCreatorError {
  static {
    defineName(AmbiguousIntegrationError, 'AmbiguousIntegrationError')
  }
  readonly code = 'ambiguous_integration_name'
  readonly candidates: readonly ProblemCandidate[]
  readonly integrationName: string | undefined
  readonly requestId: string | undefined

  constructor(message: string, facts: IntegrationErrorOptions & { candidates: readonly ProblemCandidate[] }) {
    super(message)
    this.candidates = facts.candidates
    this.integrationName = facts.integrationName
    this.requestId = facts.requestId
  }
}
/** The integration is there but can not file tickets; `reason` says why. */

export class IntegrationUnusableError extends TicketCreatorError {
  static {
    defineName(IntegrationUnusableError, 'IntegrationUnusableError')
  }
  readonly code = 'integration_unusable'
  /** `deleted`, a status other than `active`, or a word that this version does not know. */
  readonly reason: UnusableReason
  readonly id: string | undefined
  readonly integrationName: string | undefined
  readonly requestId: string | undefined

  constructor(message: string, facts: IntegrationErrorOptions & { reason: UnusableReason }) {
    super(message)
    this.reason = facts.reason
    this.id = facts.id
    this.integrationName = facts.integrationName
    this.requestId = facts.requestId
  }
}
