import type { ProblemCandidate, UnusableReason } from '@ai-ticket-creator/domain'
import { defineName, TicketCreatorError } from './base.ts'

/**
 * Details of the errors about a ticket's integration. Which of them are set depends on whether the client or the service found
 * the problem.
 */
export interface IntegrationErrorOptions {
  /** The name that was looked up. */
  readonly integrationName?: string | undefined
  readonly id?: string | undefined
  /** Set when the service reported the error. */
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

  constructor(message: string, options: IntegrationErrorOptions) {
    super(message)
    this.integrationName = options.integrationName
    this.id = options.id
    this.requestId = options.requestId
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

  constructor(
    message: string,
    options: IntegrationErrorOptions & { readonly candidates: readonly ProblemCandidate[] },
  ) {
    super(message)
    this.candidates = options.candidates
    this.integrationName = options.integrationName
    this.requestId = options.requestId
  }
}

/** The integration exists but cannot file tickets; `reason` explains why. */
export class IntegrationUnusableError extends TicketCreatorError {
  static {
    defineName(IntegrationUnusableError, 'IntegrationUnusableError')
  }
  readonly code = 'integration_unusable'
  /** `deleted`, or the status if it is not `active`. A status that is newer than this version is given unchanged. */
  readonly reason: UnusableReason
  readonly id: string | undefined
  readonly integrationName: string | undefined
  readonly requestId: string | undefined

  constructor(message: string, options: IntegrationErrorOptions & { readonly reason: UnusableReason }) {
    super(message)
    this.reason = options.reason
    this.id = options.id
    this.integrationName = options.integrationName
    this.requestId = options.requestId
  }
}
