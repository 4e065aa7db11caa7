import * as z from 'zod'
import type { ExistingSecrets } from '../secrets/stored-secrets.ts'

/** `plain`, or Fernet keys, separated by commas. */
export const existingSecrets = z.string().transform((text, context): ExistingSecrets => {
  if (text.trim() === 'plain') return { form: 'plain' }

  const keys = text.split(',').map((item) => item.trim())
  const [first, ...others] = keys.map((key) => Buffer.from(key, 'base64url'))
  if (first !== undefined && keys.every((key) => /^[\w-]{43}=?$/.test(key)))
    return { form: 'fernet', keys: [first, ...others] }

  // The message is not shown: it would have to be about a secret.
  context.addIssue('wrong')
  return z.NEVER
})
