import type { Handler } from '../call.ts'
import { changeTicket, findTicket } from './change-ticket.ts'

export const addAttachments: Handler<'tickets.addAttachments'> = (call) =>
  changeTicket(call, async (row) => {
    const { attachments: added } = await call.body()
    // A file is attached once, however often it is sent; ids are UUIDs, in whatever case.
    const files = new Map([...(row.attachments ?? []), ...added].map((file) => [file.file_id.toLowerCase(), file]))
    return { ...row, attachments: [...files.values()] }
  })

export const listAttachments: Handler<'tickets.listAttachments'> = async (call) => {
  const { attachments } = await findTicket(call)
  return { reply: [...(attachments ?? [])] }
}
