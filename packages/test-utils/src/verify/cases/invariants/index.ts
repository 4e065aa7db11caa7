import type { Invariant } from '../../model/case.ts'
import { replyHeaders } from './headers.ts'
import { integrationInvariants } from './integrations.ts'
import { problemFormat } from './problem-format.ts'
import { everyReply } from './replies.ts'
import { replySchema } from './reply-schema.ts'
import { ticketInvariants } from './tickets.ts'
import { valueFormats } from './value-formats.ts'

/** Rules that hold for every reply of a kind, whatever the request was. */
export const invariants: readonly Invariant[] = [
  ...replySchema,
  ...valueFormats,
  ...everyReply,
  ...replyHeaders,
  ...problemFormat,
  ...integrationInvariants,
  ...ticketInvariants,
]
