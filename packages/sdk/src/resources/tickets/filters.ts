import type { CallContext } from '../../core/call-context.ts'
import { isIntegrationUnusableError } from '../../errors/guards.ts'
import type { Lookup } from '../../legacy/names/name-lookup.ts'
import { type ParsedInput, parseFilters } from '../parse-input.ts'

/** The filters of a list of tickets in the current form. The name of an integration is looked up. */
export async function readTicketFilters(call: CallContext, lookup: Lookup, filters: object): Promise<ParsedInput> {
  const parsed = parseFilters('tickets.list', filters)
  if (parsed.name === undefined) return parsed

  const integrationId = await lookUpId(call, lookup, parsed.name)
  return parseFilters('tickets.list', filters, { integrationId })
}

// Tickets may have been filed with an integration that is not usable any more.
async function lookUpId(call: CallContext, lookup: Lookup, name: string): Promise<string> {
  try {
    return await lookup.withIntegration(call, name, async ({ id }) => id)
  } catch (error) {
    if (isIntegrationUnusableError(error) && error.id !== undefined) return error.id
    throw error
  }
}
