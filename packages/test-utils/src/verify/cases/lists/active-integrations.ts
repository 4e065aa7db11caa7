import { sameJson } from '@ai-ticket-creator/domain/internal'
import type { Check, ContractCase } from '../../model/case.ts'
import { entitiesOf } from '../../model/observed-reply.ts'
import { SPEC } from '../../model/spec-references.ts'
import { sameFields } from './rows.ts'

/** The list of active integrations. */
export const activeListCases: readonly ContractCase[] = [
  {
    id: 'integrations.listActive/order',
    title: 'The list of active integrations has only active ones, sorted by name',
    endpoint: 'integrations.listActive',
    specReference: SPEC.contract,
    preconditions: ['five integrations'],
    shared: true,
    request: { endpoint: 'integrations.listActive' },
    expect: { check: showsActive('abcd') },
  },
  {
    id: 'integrations.listActive/by-platform',
    title: 'The list of active integrations filters by platform',
    endpoint: 'integrations.listActive',
    specReference: SPEC.contract,
    preconditions: ['five integrations'],
    shared: true,
    request: { endpoint: 'integrations.listActive', query: { platform_name: 'slack' } },
    expect: { check: showsActive('ab') },
  },
  {
    id: 'integrations.listActive/by-category',
    title: 'The list of active integrations filters by category',
    endpoint: 'integrations.listActive',
    specReference: SPEC.contract,
    since: 'transitional',
    preconditions: ['five integrations'],
    shared: true,
    request: { endpoint: 'integrations.listActive', query: { integration_category: 'ticketing' } },
    expect: { check: showsActive('c') },
  },
  {
    id: 'integrations.listActive/by-supported-category',
    title: 'An active integration without `supports_categories` supports all categories',
    endpoint: 'integrations.listActive',
    specReference: SPEC.contract,
    preconditions: ['five integrations'],
    shared: true,
    request: { endpoint: 'integrations.listActive', query: { supports_category: 'bug' } },
    expect: { check: showsActive('acd') },
  },
  {
    id: 'integrations.listActive/fields',
    title: 'The list of active integrations shows supported categories and health',
    endpoint: 'integrations.listActive',
    specReference: SPEC.fields,
    preconditions: ['an integration'],
    request: { endpoint: 'integrations.listActive' },
    expect: ({ integration }) => ({
      check: (reply) => {
        const row = entitiesOf(reply).find(({ id }) => id === integration.id)
        const isComplete = sameJson(row?.['supports_categories'], []) && row?.['health_status'] === 'healthy'
        return (
          sameFields(row, { ...integration, supports_categories: [], supports_priorities: [] }) ??
          (isComplete
            ? undefined
            : { expected: '`supports_categories`: [], `health_status`: healthy', actual: 'other values' })
        )
      },
    }),
  },
]

/** Of the active integrations, those of the case, by the last letters of their names. All must be active and sorted. */
function showsActive(letters: string): Check {
  return (reply, { tag }) => {
    const rows = entitiesOf(reply)
    const own = rows.filter(({ name }) => String(name).startsWith(tag)).map(({ name }) => String(name).slice(-1))
    const isActive = rows.every(({ status }) => status === 'active')
    const isSorted = rows.every(({ name }, index) => index === 0 || String(rows[index - 1]?.['name']) <= String(name))
    return own.join('') === letters && isActive && isSorted
      ? undefined
      : { expected: `rows ${letters}, all active and sorted by name`, actual: `rows ${own.join('') || 'none'}` }
  }
}
