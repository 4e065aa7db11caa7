import { sameJson } from '@ai-ticket-creator/domain/internal'
import type { Check, ContractCase } from '../../model/case.ts'
import { describeObserved } from '../../model/describe.ts'
import { entitiesOf } from '../../model/observed-reply.ts'
import { SPEC } from '../../model/spec-references.ts'
import { compareFields } from './rows.ts'

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
    expect: { check: checkActive('abcd') },
  },
  {
    id: 'integrations.listActive/by-platform',
    title: 'The list of active integrations filters by platform',
    endpoint: 'integrations.listActive',
    specReference: SPEC.contract,
    preconditions: ['five integrations'],
    shared: true,
    request: { endpoint: 'integrations.listActive', query: { platform_name: 'slack' } },
    expect: { check: checkActive('ab') },
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
    expect: { check: checkActive('c') },
  },
  {
    id: 'integrations.listActive/by-supported-category',
    title: 'An active integration without `supports_categories` supports all categories',
    endpoint: 'integrations.listActive',
    specReference: SPEC.contract,
    preconditions: ['five integrations'],
    shared: true,
    request: { endpoint: 'integrations.listActive', query: { supports_category: 'bug' } },
    expect: { check: checkActive('acd') },
  },
  {
    id: 'integrations.listActive/fields',
    title: 'The list of active integrations contains supported categories and health',
    endpoint: 'integrations.listActive',
    specReference: SPEC.fields,
    preconditions: ['an integration'],
    request: { endpoint: 'integrations.listActive' },
    expect: ({ integration }) => ({
      check: (reply) => {
        const row = entitiesOf(reply).find(({ id }) => id === integration.id)
        const mismatch = compareFields(row, { ...integration, supports_categories: [], supports_priorities: [] })
        if (row === undefined || mismatch !== undefined) return mismatch

        const { supports_categories: categories, health_status: health } = row
        if (sameJson(categories, []) && health === 'healthy') return undefined
        return {
          expected: '`supports_categories`: a list of 0, `health_status`: "healthy"',
          actual: `\`supports_categories\`: ${describeObserved(categories)}, \`health_status\`: ${describeObserved(health)}`,
        }
      },
    }),
  },
]

/**
 * Checks that the reply lists, of the integrations of this case, exactly those whose names end with one of `letters`, and
 * that all rows of the reply are active and sorted by name.
 */
function checkActive(letters: string): Check {
  return (reply, { tag }) => {
    const rows = entitiesOf(reply)
    const own = rows.filter(({ name }) => String(name).startsWith(tag)).map(({ name }) => String(name).slice(-1))
    const isActive = rows.every(({ status }) => status === 'active')
    const isSorted = rows.every(({ name }, index) => index === 0 || String(rows[index - 1]?.['name']) <= String(name))
    if (own.join('') === letters && isActive && isSorted) return undefined
    return {
      expected: `the integrations whose names end with ${[...letters].join(', ')}; all rows active and sorted by name`,
      actual: [
        own.length === 0 ? 'none of them' : `those whose names end with ${own.join(', ')}`,
        ...(isActive ? [] : ['a row that is not active']),
        ...(isSorted ? [] : ['rows that are not sorted by name']),
      ].join('; '),
    }
  }
}
