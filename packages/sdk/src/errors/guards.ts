import type { ApiError } from './api-error.ts'
import { hasBrand, type TicketCreatorError } from './base.ts'
import type { ConnectionError, TimeoutError } from './connection-errors.ts'
import type {
  AmbiguousIntegrationError,
  IntegrationNotFoundError,
  IntegrationUnusableError,
} from './integration-errors.ts'
import type { OutcomeUnknownError } from './outcome-unknown-error.ts'
import type { FilterNotSupportedError, InvalidRequestError, SortNotSupportedError } from './request-errors.ts'
import type { ResponseMismatchError } from './response-mismatch-error.ts'
import type { SilentDropError, UnverifiableWriteError } from './write-errors.ts'

// `instanceof` fails when two copies of this package are loaded (ESM and CJS, or two versions). The guards do not.

/** Whether a value is any error of this package. */
export const isTicketCreatorError = (value: unknown): value is TicketCreatorError =>
  hasBrand(value, 'TicketCreatorError')
export const isApiError = (value: unknown): value is ApiError => hasBrand(value, 'ApiError')

/** An `ApiError` with one of these statuses. */
export type ApiErrorOf<Status extends number> = ApiError & { readonly status: Status }

const hasStatus = <Status extends number>(value: unknown, status: Status): value is ApiErrorOf<Status> =>
  isApiError(value) && value.status === status

/** Whether the service answered with 401: the token is missing, invalid or revoked. */
export const isAuthenticationError = (value: unknown): value is ApiErrorOf<401> => hasStatus(value, 401)
/** Whether the service answered with 403: the token does not permit the call. */
export const isPermissionError = (value: unknown): value is ApiErrorOf<403> => hasStatus(value, 403)
/** Whether the service answered with 404: the id is unknown, deleted, or another organization's. */
export const isNotFoundError = (value: unknown): value is ApiErrorOf<404> => hasStatus(value, 404)
/** Whether the service answered with 429: too many calls. `retryAfter` has the seconds to wait. */
export const isRateLimitError = (value: unknown): value is ApiErrorOf<429> => hasStatus(value, 429)

export const isConnectionError = (value: unknown): value is ConnectionError => hasBrand(value, 'ConnectionError')
export const isTimeoutError = (value: unknown): value is TimeoutError => hasBrand(value, 'TimeoutError')
export const isInvalidRequestError = (value: unknown): value is InvalidRequestError =>
  hasBrand(value, 'InvalidRequestError')
export const isIntegrationNotFoundError = (value: unknown): value is IntegrationNotFoundError =>
  hasBrand(value, 'IntegrationNotFoundError')
export const isAmbiguousIntegrationError = (value: unknown): value is AmbiguousIntegrationError =>
  hasBrand(value, 'AmbiguousIntegrationError')
export const isIntegrationUnusableError = (value: unknown): value is IntegrationUnusableError =>
  hasBrand(value, 'IntegrationUnusableError')
export const isSilentDropError = (value: unknown): value is SilentDropError => hasBrand(value, 'SilentDropError')
export const isUnverifiableWriteError = (value: unknown): value is UnverifiableWriteError =>
  hasBrand(value, 'UnverifiableWriteError')
export const isFilterNotSupportedError = (value: unknown): value is FilterNotSupportedError =>
  hasBrand(value, 'FilterNotSupportedError')
export const isSortNotSupportedError = (value: unknown): value is SortNotSupportedError =>
  hasBrand(value, 'SortNotSupportedError')
export const isOutcomeUnknownError = (value: unknown): value is OutcomeUnknownError =>
  hasBrand(value, 'OutcomeUnknownError')
export const isResponseMismatchError = (value: unknown): value is ResponseMismatchError =>
  hasBrand(value, 'ResponseMismatchError')
