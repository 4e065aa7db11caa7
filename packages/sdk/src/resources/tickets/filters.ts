import type { CallContext } from '../../core/call-context.ts'
import { isIntegrationUnusableError } from '../../errors/guards.ts'
import type { Lookup } from '../integrations/name-lookup.ts'
import { type ParsedInput, parseFilters } from '../parse-input.ts'

/** Parses the filters of a ticket list. Looks up the id of an integration that is given by its name. */
export async function readTicketFilters(call: CallContext, lookup: Lookup, filters: object): Promise<ParsedInput> {
  const parsed = parseFilters('tickets.list', filters)
  if (parsed.name === undefined) return parsed

  const integrationId = await lookUpId(call, lookup, parsed.name)
  return parseFilters('tickets.list', filters, { integrationId })
}

// An integration that can no longer be used is accepted: tickets may have been filed with it before.
async function lookUpId(call: CallContext, lookup: Lookup, name: string): Promise<string> {
  try {
    return await lookup.withIntegration(call, name, async ({ id }) => id)
  } catch (error) {
    if (isIntegrationUnusableError(error) && error.id !== undefined) return error.id
    throw error
  }
}
