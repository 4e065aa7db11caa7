import * as z from 'zod'
import type { ExistingSecrets } from '../secrets/stored-secrets.ts'

/** `plain`, or Fernet keys, separated by commas. */
export const existingSecrets = z.string().transform((text, context): ExistingSecrets => {
  if (text.trim() === 'plain') return { form: 'plain' }

  const keys = text.split(',').map((item) => item.trim())
  const [first, ...others] = keys.map((key) => Buffer.from(key, 'base64url'))
  if (first !== undefined && keys.every((key) => /^[\w-]{43}=?$/.test(key)))
    return { form: 'fernet', keys: [first, ...others] }

  // This message is not shown, so that no secret is quoted. `readSettings` shows the `form` of the setting.
  context.addIssue('wrong')
  return z.NEVER
})
