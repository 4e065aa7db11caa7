// What the compiler says to TypeScript, told to JavaScript: a test whose mistake is passed over tests something else.
import { upgrade } from '@ai-ticket-creator/domain'

/** @throws RangeError with all words when it is none of them. */
export function checkWord(what: string, word: unknown, words: readonly string[]): void {
  if (words.some((one) => one === word)) return
  throw new RangeError(`${what} \`${String(word)}\`; there are ${words.join(', ')}`)
}

/** @throws RangeError that names the first key that is not known, and all that are. */
export function checkKeys(what: string, keys: readonly string[], known: readonly string[]): void {
  const wrong = keys.find((key) => !known.includes(key))
  if (wrong !== undefined) throw new RangeError(`\`${wrong}\` is not ${what}; there are ${known.join(', ')}`)
}

/** @throws RangeError that says what an old name is called now. */
export function checkFields(
  endpointId: 'integrations.retrieve' | 'tickets.retrieve',
  fields: object,
  known: readonly string[],
): void {
  const { used } = upgrade(endpointId, fields, { part: 'reply' })
  const old = used.find(({ field }) => Object.hasOwn(fields, field) && !known.includes(field))
  if (old !== undefined) throw new RangeError(`\`${old.field}\` is an old name; use \`${old.use}\``)
  checkKeys('a field', Object.keys(fields), known)
}
