import type { RawJson } from '@ai-ticket-creator/domain'
import { rawJson } from './encode-json.ts'
import { exactTextOf } from './exact-numbers.ts'

const JSON_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/

/**
 * A number with all its digits, for `custom_fields` and other fields with custom JSON. JavaScript numbers have about 16 digits;
 * longer ones are rounded.
 *
 * ```ts
 * await client.tickets.update(id, { custom_fields: { account: exactNumber('12345678901234567890') } })
 * ```
 *
 * @throws TypeError when the text is not a number in JSON, or when the runtime lacks `JSON.rawJSON`.
 */
export function exactNumber(value: string | bigint): RawJson {
  const text = String(value)
  if (!JSON_NUMBER.test(text)) throw new TypeError('`exactNumber` needs a number in JSON, such as 12345678901234567890')
  const raw = rawJson()
  if (raw === undefined) throw new TypeError('`exactNumber` needs a runtime that has `JSON.rawJSON`')
  return raw(text)
}

/**
 * The number at a key of custom JSON in a result, with all digits that the backend sent. Undefined when there is no number.
 *
 * ```ts
 * exactText(ticket.custom_fields ?? {}, 'account') // '12345678901234567890'
 * ```
 */
export function exactText(holder: object, key: string): string | undefined {
  const value: unknown = Reflect.get(holder, key)
  return typeof value === 'number' ? (exactTextOf(holder, key) ?? String(value)) : undefined
}
