import {
  isAmbiguousIntegrationError,
  isApiError,
  isIntegrationNotFoundError,
  isIntegrationUnusableError,
  isInvalidRequestError,
  isSilentDropError,
  isUnverifiableWriteError,
} from '@ai-ticket-creator/sdk'

/** The outcome of a call: what `show` returns for the result (default: `done`), or a description of the error. */
export async function outcomeOf<T>(
  call: PromiseLike<T>,
  show: (result: T) => unknown = () => 'done',
): Promise<unknown> {
  try {
    return show(await call)
  } catch (error) {
    return describeError(error)
  }
}

function describeError(error: unknown): string {
  if (isApiError(error)) return `ApiError: ${error.status}`
  if (isSilentDropError(error)) return `SilentDropError: ${error.fields.join(' ')}`
  if (isUnverifiableWriteError(error)) return `UnverifiableWriteError: ${error.fields.join(' ')}`
  if (isInvalidRequestError(error)) return `InvalidRequestError: ${error.issues.map(({ loc }) => loc.at(-1)).join(' ')}`
  if (isIntegrationUnusableError(error)) return `IntegrationUnusableError: ${error.reason}`
  if (isIntegrationNotFoundError(error)) return 'IntegrationNotFoundError'
  if (isAmbiguousIntegrationError(error)) return 'AmbiguousIntegrationError'
  throw error
}
