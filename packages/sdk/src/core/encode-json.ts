import type { RawJson } from '@ai-ticket-creator/domain'
import { issueAt } from '../errors/issue.ts'
import { InvalidRequestError } from '../errors/request-errors.ts'
import { exactNumbersIn, exactTextOf } from './exact-numbers.ts'
import { assertNoRoundedCopies } from './rounded-copies.ts'

/** `JSON.rawJSON`, which TypeScript does not declare yet: https://tc39.es/proposal-json-parse-with-source/ */
export const rawJson = (): ((text: string) => RawJson) | undefined =>
  (JSON as { rawJSON?: (text: string) => RawJson }).rawJSON

/**
 * Encodes a body as JSON. A number from a reply that was not changed keeps all digits that were received.
 *
 * @throws InvalidRequestError if the runtime cannot write all digits, or if the body has a rounded copy of such a number.
 */
export function encodeJson(body: unknown): string {
  assertNoRoundedCopies(body)
  const [exact] = exactNumbersIn(body)
  if (exact === undefined) return JSON.stringify(body)

  const raw = rawJson()
  if (raw === undefined) {
    const field = exact.path.join('.')
    const msg = `\`${field}\` has a number that this runtime cannot send back exactly, because it has no \`JSON.rawJSON\``
    throw new InvalidRequestError([issueAt(['body', ...exact.path], msg)])
  }
  return JSON.stringify(body, function (this: object, key: string, value: unknown) {
    const text = typeof value === 'number' ? exactTextOf(this, key) : undefined
    return text === undefined ? value : raw(text)
  })
}
