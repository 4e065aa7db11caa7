import * as z from 'zod'
import type { SecretKey } from '../secrets/secrets.ts'

const KEY = /^(\d{1,3}):([A-Za-z\d+/]{43}=)$/

/** `1:…,2:…` as keys. */
export const secretKeys = z.string().transform((text, context): readonly [SecretKey, ...SecretKey[]] => {
  const keys = text.split(',').map(toKey)
  const [first, ...others] = keys.filter((key) => key !== undefined)
  const distinct = new Set(keys.map((key) => key?.id))
  if (first !== undefined && distinct.size === keys.length && !distinct.has(undefined)) return [first, ...others]

  // This message is not shown, so that no secret is quoted. `readSettings` shows the `form` of the setting.
  context.addIssue('wrong')
  return z.NEVER
})

function toKey(text: string): SecretKey | undefined {
  const [, id, base64 = ''] = KEY.exec(text.trim()) ?? []
  return id === undefined || Number(id) > 255 ? undefined : { id: Number(id), bytes: Buffer.from(base64, 'base64') }
}
