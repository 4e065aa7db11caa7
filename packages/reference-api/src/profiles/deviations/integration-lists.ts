import type { HandlerCall } from '../../ports/handler.ts'
import { omit, onEntities } from '../hook-builders.ts'
import { ALL, LEGACY, type Row } from '../hooks.ts'
import { toLikePattern } from '../like.ts'
import { routeFailure } from '../messages.ts'
import { withUnstableOrder } from '../unstable-order.ts'

const integrationReplies = [
  'integrations.create',
  'integrations.list',
  'integrations.retrieve',
  'integrations.update',
  'integrations.setStatus',
] as const

/** GET /integrations/, and the reply form of integrations. */
export const integrationLists: readonly Row[] = [
  {
    id: 'unknown-order-fails',
    profiles: ALL,
    source: 'pagination-and-sorting',
    assumed: true,
    summary: 'Sorting integrations by `success_rate`, or by an unknown column, is answered with 500, not with 422.',
    issues: (issues, { endpointId, part }) => {
      if (endpointId !== 'integrations.list' || part !== 'query') return issues
      const remaining = issues.filter(({ loc }) => loc[1] !== 'sort_by')
      if (remaining.length === 0 && issues.length > 0) throw routeFailure(endpointId, 'no such column')
      return remaining
    },
  },
  {
    id: 'name-filter-has-wildcards',
    profiles: ALL,
    source: 'list-integrations',
    summary: 'The filter `name` is a LIKE pattern: `%` matches any text, `_` any character, and `\\` escapes both.',
    handlers: {
      'integrations.list': (call, next) => {
        const { name } = call.query
        return name !== undefined && /[%_\\]/.test(name) ? next(matchingLike(call, name)) : next(call)
      },
    },
  },
  {
    id: 'integrations-without-stable-order',
    profiles: ALL,
    source: 'pagination-and-sorting',
    assumed: true,
    summary:
      'Integrations with equal sort keys have no order: pages repeat some and miss others. Creation times are never equal.',
    handlers: {
      'integrations.list': (call, next) => next(withUnstableOrder(call, 'integrations')),
    },
  },
  {
    id: 'no-descriptions-in-lists',
    profiles: ALL,
    source: 'integration-replies',
    assumed: true,
    summary: 'The items of the list of integrations have no `description`: it is null.',
    reply: onEntities(['integrations.list'], (entity) => ({ ...entity, description: null })),
  },
  {
    id: 'no-time-of-credentials',
    profiles: ALL,
    source: 'integration-replies',
    summary: 'No reply has `credentials_updated_at`, so a caller cannot see whether credentials were stored.',
    reply: onEntities(integrationReplies, (entity) => omit(entity, ['credentials_updated_at'])),
  },
  {
    id: 'no-enabled-in-replies',
    profiles: LEGACY,
    source: 'integration-replies',
    summary: 'Replies have no `is_enabled`; only the list has a filter of that name.',
    reply: onEntities(integrationReplies, (entity) => omit(entity, ['is_enabled'])),
  },
]

/** The call with a store that matches names as SQL LIKE does. It reads the whole list. */
function matchingLike(call: HandlerCall<'integrations.list'>, name: string): HandlerCall<'integrations.list'> {
  const { integrations } = call.store
  const pattern = toLikePattern(name)
  return {
    ...call,
    store: {
      ...call.store,
      integrations: {
        ...integrations,
        async list(organizationId, query, window) {
          const everything = { offset: 0, limit: Number.MAX_SAFE_INTEGER, now: window.now }
          const { rows } = await integrations.list(organizationId, omit(query, ['name']), everything)
          const matching = rows.filter((row) => pattern.test(row.name))
          return { rows: matching.slice(window.offset, window.offset + window.limit), total: matching.length }
        },
      },
    },
  }
}
