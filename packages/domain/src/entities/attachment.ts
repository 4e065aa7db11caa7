import * as z from 'zod/mini'
import { type OutputOf, type Schema, uuid } from '../schema/schema.ts'

const attachmentShape = {
  /** The id of a file that was uploaded before. */
  file_id: uuid(),
}

/** A reference to a file of the files API. */
export interface Attachment extends OutputOf<typeof attachmentShape> {}
export const Attachment: Schema<Attachment> = z.object(attachmentShape)
