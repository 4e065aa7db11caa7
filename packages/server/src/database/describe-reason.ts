/** The message of an error. A host with several addresses fails with one error for each, and an empty message. */
export function describeReason(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(describeReason).join('; ')
  return error instanceof Error ? error.message : String(error)
}
