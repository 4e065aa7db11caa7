// Checks at run time what TypeScript checks at compile time: in JavaScript a misspelt option would silently test something else.
import { upgrade } from '@ai-ticket-creator/domain'

/** @throws RangeError that lists the allowed values when `value` is none of them. */
export function checkOneOf(problem: string, value: unknown, allowed: readonly string[]): void {
  if (allowed.some((one) => one === value)) return
  throw new RangeError(`${problem} \`${String(value)}\`; allowed are ${allowed.join(', ')}`)
}

/** @throws RangeError that names the first unknown key and lists the known ones. */
export function checkKeys(kind: string, keys: readonly string[], known: readonly string[]): void {
  const unknown = keys.find((key) => !known.includes(key))
  if (unknown !== undefined) throw new RangeError(`\`${unknown}\` is not ${kind}; allowed are ${known.join(', ')}`)
}

/** @throws RangeError for an unknown field; for a retired one the error names its replacement. */
export function checkFields(
  endpointId: 'integrations.retrieve' | 'tickets.retrieve',
  fields: object,
  known: readonly string[],
): void {
  const { used } = upgrade(endpointId, fields, { part: 'reply' })
  const retired = used.find(({ field }) => Object.hasOwn(fields, field) && !known.includes(field))
  if (retired !== undefined) throw new RangeError(`\`${retired.field}\` is an old name; use \`${retired.replacement}\``)
  checkKeys('a field', Object.keys(fields), known)
}
