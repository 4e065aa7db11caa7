import type { Row } from '../hooks.ts'
import { attachments } from './attachments.ts'
import { errors } from './errors.ts'
import { integrationActions } from './integration-actions.ts'
import { integrationCreate } from './integration-create.ts'
import { integrationLists } from './integration-lists.ts'
import { integrationWrites } from './integration-writes.ts'
import { missingHeaders } from './missing-headers.ts'
import { parsing } from './parsing.ts'
import { rateLimits } from './rate-limit.ts'
import { ticketCreate } from './ticket-create.ts'
import { ticketLists } from './ticket-lists.ts'
import { ticketReplies } from './ticket-replies.ts'
import { ticketWrites } from './ticket-writes.ts'

/** Every deviation of the existing backend. Hooks of one kind run in this order; the first is the outermost. */
export const rows: readonly Row[] = [
  ...rateLimits,
  ...missingHeaders,
  ...errors,
  ...attachments,
  ...parsing,
  ...integrationCreate,
  ...integrationWrites,
  ...integrationActions,
  ...integrationLists,
  ...ticketCreate,
  ...ticketWrites,
  ...ticketReplies,
  ...ticketLists,
]
