import * as z from 'zod'
import { type Network, parseNetwork } from '../platforms/networks.ts'

/** `10.1.0.0/16,192.0.2.1` as networks. */
export const networks = z.string().transform((text, context): readonly Network[] => {
  const parsed = text.split(',').map((item) => parseNetwork(item.trim()))
  const valid = parsed.filter((network) => network !== undefined)
  if (valid.length === parsed.length) return valid

  // This message is not shown. `readSettings` shows the `form` of the setting.
  context.addIssue('wrong')
  return z.NEVER
})
