import { isJsonObject } from '@ai-ticket-creator/domain/internal'
import type { FailedRequest } from './hooks.ts'

/** The value at the location of an issue in a request; null if there is none. */
export function sentValue(
  [root, ...path]: readonly (string | number)[],
  { request, params, json }: FailedRequest,
): unknown {
  if (root === 'path') return params?.[String(path[0])] ?? null
  const start: unknown = root === 'query' ? Object.fromEntries(new URL(request.url).searchParams) : json
  const found = path.reduce<unknown>((inner, key) => {
    if (Array.isArray(inner)) return inner[Number(key)]
    return isJsonObject(inner) && Object.hasOwn(inner, key) ? inner[String(key)] : undefined
  }, start)
  return found ?? null
}
