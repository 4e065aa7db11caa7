import type { CallContext } from '../../core/call-context.ts'
import type { ParsedInput } from '../../core/parsed-input.ts'
import { parseFilters } from '../parse-input.ts'

/** Parses the filters of a ticket list. */
export const parseTicketFilters = (call: CallContext, filters: object): Promise<ParsedInput> =>
  call.dialect.resolveFilters(call, parseFilters(call, 'tickets.list', filters), (known) =>
    parseFilters(call, 'tickets.list', filters, known),
  )
