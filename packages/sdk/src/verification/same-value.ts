import { isJsonObject, isRawJson, isUuid } from '@ai-ticket-creator/domain/internal'

/** Whether a shown value is the one that was sent. Backends trim texts, lower-case ids, and show an empty list as null. */
export function isSameValue(sent: unknown, shown: unknown): boolean {
  if (isRawJson(sent)) return isSameValue(JSON.parse(sent.rawJSON), shown)
  if (isEmptyValue(sent) || isEmptyValue(shown)) return isEmptyValue(sent) && isEmptyValue(shown)
  if (typeof sent === 'string' && typeof shown === 'string') return normalize(sent) === normalize(shown)
  if (Array.isArray(sent) && Array.isArray(shown))
    return sent.length === shown.length && sent.every((item, index) => isSameValue(item, shown[index]))
  if (isJsonObject(sent) && isJsonObject(shown))
    return [...new Set([...Object.keys(sent), ...Object.keys(shown)])].every((key) =>
      isSameValue(sent[key], shown[key]),
    )
  return sent === shown
}

/** Whether a list contains every item of another one. */
export const containsAll = (list: unknown, items: unknown): boolean =>
  Array.isArray(list) && Array.isArray(items) && items.every((item) => list.some((other) => isSameValue(item, other)))

/** Whether a value is absent, null or an empty list. */
export const isEmptyValue = (value: unknown): boolean =>
  value === undefined || value === null || (Array.isArray(value) && value.length === 0)

function normalize(text: string): string {
  const trimmed = text.trim()
  return isUuid(trimmed) ? trimmed.toLowerCase() : trimmed
}
