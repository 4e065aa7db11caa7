import { ENDPOINT_IDS } from '@ai-ticket-creator/domain'
import { toResult } from '../../core/result.ts'
import { InvalidRequestError } from '../../errors/request-errors.ts'
import { toFailedList } from '../../pagination/list.ts'
import type { LegacySettings } from '../options.ts'
import { oldNamesOf, usedNames } from './track-input.ts'
import type { DeprecatedInput } from './uses.ts'

/**
 * Wraps the methods of a resource for a client with `legacyFields: false`: a call with old names fails before anything is
 * sent. This is how a consumer proves that it no longer uses them.
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
    const checked = (...args: unknown[]): unknown => {
      // The input is the first argument, or the second one after the id of the row.
      const used = args.slice(0, 2).flatMap((input) => usedNames(oldNames, input))
      return used.length === 0 ? method(...args) : fail(name, used)
    }
    return [[name, checked]]
  })
  return { ...methods, ...Object.fromEntries(refusing) }
}

function fail(method: string, used: readonly DeprecatedInput[]): unknown {
  const error = new InvalidRequestError(
    used.map(({ field, replacement }) => ({
      type: 'value_error',
      loc: ['body', field],
      msg: `\`${field}\` is retired; use \`${replacement}\``,
      code: 'retired_field',
      ...(replacement !== undefined && { replacement }),
    })),
  )
  return method === 'list' ? toFailedList(error) : toResult(Promise.reject(error))
}
