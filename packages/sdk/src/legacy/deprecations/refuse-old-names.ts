import { ENDPOINT_IDS } from '@ai-ticket-creator/domain'
import { retiredField } from '@ai-ticket-creator/domain/internal'
import { toResult } from '../../core/result.ts'
import type { Issue } from '../../errors/issue.ts'
import { InvalidRequestError } from '../../errors/request-errors.ts'
import { toFailedList } from '../../pagination/list.ts'
import type { LegacySettings } from '../options.ts'
import { oldNamesOf, partWithOldNames, usedNames } from './track-input.ts'

/**
 * Wraps the methods of a resource for a client with `legacyFields: false`: a call with old names fails before anything is
 * sent. This is how a consumer proves that it no longer uses old names.
 */
export function refuseOldNames<R extends object>(
  { legacyFields }: LegacySettings,
  resource: 'integrations' | 'tickets',
  methods: R,
): R {
  if (legacyFields) return methods
  const refusing = Object.entries(methods).flatMap(([name, method]: [string, unknown]) => {
    const endpointId = ENDPOINT_IDS.find((id) => id === `${resource}.${name}`)
    if (endpointId === undefined || typeof method !== 'function') return []

    const oldNames = oldNamesOf(endpointId)
    const part = partWithOldNames(endpointId)
    const checked = (...args: unknown[]): unknown => {
      // The input is the first argument, or the second one after the id of the row.
      const used = args.slice(0, 2).flatMap((input) => usedNames(oldNames, input))
      if (used.length === 0) return method(...args)
      return fail(
        name,
        used.map((oldName) => retiredField(part, oldName)),
      )
    }
    return [[name, checked]]
  })
  return { ...methods, ...Object.fromEntries(refusing) }
}

function fail(method: string, issues: readonly Issue[]): unknown {
  const error = new InvalidRequestError(issues)
  return method === 'list' ? toFailedList(error) : toResult(Promise.reject(error))
}
