import type { Handler } from '../ports/handler.ts'
import { eachOnce } from '../store/dedupe-attachments.ts'
import { changeTicket, findTicket } from './change-ticket.ts'

export const addAttachments: Handler<'tickets.addAttachments'> = (call) =>
  changeTicket(call, async (row) => {
    const { attachments: added } = await call.body()
    return { ...row, attachments: eachOnce([...(row.attachments ?? []), ...added]) }
  })

export const listAttachments: Handler<'tickets.listAttachments'> = async (call) => {
  const { attachments } = await findTicket(call)
  return { reply: [...(attachments ?? [])] }
}
