import type { Row } from '../hooks.ts'
import { errors } from './errors.ts'
import { integrationActions } from './integration-actions.ts'
import { integrationCreate } from './integration-create.ts'
import { integrationLists } from './integration-lists.ts'
import { integrationWrites } from './integration-writes.ts'
import { signals } from './missing-headers.ts'
import { reading } from './parsing.ts'
import { rateLimits } from './rate-limit.ts'
import { ticketCreate } from './ticket-create.ts'
import { ticketLists } from './ticket-lists.ts'
import { ticketReplies } from './ticket-replies.ts'
import { ticketWrites } from './ticket-writes.ts'

/** Every deviation of the existing backend. At one seam the rows run in this order: the first one is the outermost. */
export const rows: readonly Row[] = [
  ...rateLimits,
  ...signals,
  ...errors,
  ...reading,
  ...integrationCreate,
  ...integrationWrites,
  ...integrationActions,
  ...integrationLists,
  ...ticketCreate,
  ...ticketWrites,
  ...ticketReplies,
  ...ticketLists,
]
