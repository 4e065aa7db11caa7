import type { Attachment, Ticket, TicketStats, TicketStatus, TicketWithAnalysis } from '@ai-ticket-creator/domain'
import type { ClientContext } from '../../core/call-context.ts'
import type { RequestOptions } from '../../core/options.ts'
import { withoutOwnOptions } from '../../core/request-options.ts'
import { createCaller } from '../../core/run-call.ts'
import { toList } from '../../pagination/list.ts'
import type { ListOptions } from '../../pagination/page.ts'
import { request } from '../../request.ts'
import type { MethodsOf } from '../contract-methods.ts'
import type { TicketSummary } from '../result-types.ts'
import { addAttachments, listAttachments } from './attachments.ts'
import { createTicket } from './create.ts'
import { parseTicketFilters } from './filters.ts'
import type { AssignOptions, CurrentTickets, TicketStatusOptions } from './tickets.ts'
import { changeByRoute, replaceTicket, updateTicket } from './update.ts'

export function createTickets(client: ClientContext) {
  const run = createCaller(client)

  return {
    create: (input: unknown, options: RequestOptions = {}) =>
      run<Ticket>(options, (call) => createTicket(call, 'tickets.create', input)),

    createWithAi: (input: unknown, options: RequestOptions = {}) =>
      run<TicketWithAnalysis>(options, (call) => createTicket(call, 'tickets.createWithAi', input)),

    retrieve: (id: string, options: RequestOptions = {}) =>
      run<Ticket>(options, (call) => request(call, 'tickets.retrieve', { params: { ticket_id: id } })),

    list: (filters: object = {}, options: ListOptions = {}) =>
      toList<TicketSummary>({
        client,
        endpointId: 'tickets.list',
        options,
        readQuery: async (call) => {
          const { body } = await parseTicketFilters(call, filters)
          const { page = 1, size = 20, ...rest } = body as { page?: number; size?: number }
          return { filters: rest, start: (page - 1) * size, size }
        },
      }),

    update: (id: string, changes: unknown, options: RequestOptions = {}) =>
      run<Ticket>(options, (call) => updateTicket(call, id, changes)),

    replace: (id: string, input: unknown, options: RequestOptions = {}) =>
      run<Ticket>(options, (call) => replaceTicket(call, id, input)),

    delete: (id: string, options: RequestOptions = {}) =>
      run<void>(options, (call) => request(call, 'tickets.delete', { params: { ticket_id: id } })),

    setStatus: (id: string, status: TicketStatus, options: TicketStatusOptions = {}) =>
      run<Ticket>(withoutOwnOptions(options, ['resolution_summary', 'internal_notes']), (call) => {
        const { resolution_summary, internal_notes } = options
        return changeByRoute(call, 'tickets.setStatus', id, { status, resolution_summary, internal_notes })
      }),

    assign: (id: string, userId: string | null, options: AssignOptions = {}) =>
      run<Ticket>(withoutOwnOptions(options, ['reason']), (call) =>
        changeByRoute(call, 'tickets.assign', id, { assigned_to_id: userId, reason: options.reason }),
      ),

    stats: (options: RequestOptions = {}) => run<TicketStats>(options, (call) => request(call, 'tickets.stats', {})),

    attachments: {
      add: (id: string, attachments: readonly Attachment[], options: RequestOptions = {}) =>
        run<Ticket>(options, (call) => addAttachments(call, id, attachments)),

      list: (id: string, options: RequestOptions = {}) =>
        run<Attachment[]>(options, (call) => listAttachments(call, id)),
    },
  } satisfies CurrentTickets & MethodsOf<'tickets'>
}
