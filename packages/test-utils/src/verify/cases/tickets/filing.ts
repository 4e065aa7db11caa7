import { isJsonObject } from '@ai-ticket-creator/domain/internal'
import type { Check, ContractCase } from '../../model/case.ts'
import { describeObserved } from '../../model/describe.ts'
import { createTicket, UNKNOWN_ID } from '../../model/request-bodies.ts'
import { SPEC } from '../../model/spec-references.ts'
import { UndecidedError } from '../../model/undecided.ts'
import { readCreated } from './read-back.ts'

/** Filing new tickets with an integration. */
export const filingCases: readonly ContractCase[] = [
  {
    id: 'tickets.create/filed',
    title: 'A ticket with an integration is filed on its platform, and the result is returned',
    endpoint: 'tickets.create',
    specReference: SPEC.platforms,
    preconditions: ['an integration'],
    request: ({ tag, integration }) => createTicket(tag, { integration_id: integration.id }),
    expect: ({ integration }) => ({ body: { integration_id: integration.id }, check: checkFiledWith(integration.id) }),
    next: [
      readCreated(({ replies: [first] }) => ({
        body: {
          integration_id: first?.fields['integration_id'],
          integration_result: first?.fields['integration_result'],
        },
      })),
      {
        request: { endpoint: 'integrations.retrieve' },
        expect: {
          check: ({ fields }) => {
            const usage = isJsonObject(fields['usage_stats']) ? fields['usage_stats'] : {}
            return usage['total_requests'] === 1 && usage['successful_requests'] === 1
              ? undefined
              : {
                  expected: 'one counted request, which was successful',
                  actual: `${describeObserved(usage['total_requests'])} requests, ${describeObserved(usage['successful_requests'])} of them successful`,
                }
          },
        },
      },
    ],
  },
  {
    id: 'tickets.create/counts-within-the-hour',
    title: 'Each filed ticket increments `current_hour_requests` of its integration',
    endpoint: 'tickets.create',
    specReference: SPEC.platforms,
    preconditions: ['an integration'],
    request: ({ tag, integration }) => [
      createTicket(tag, { integration_id: integration.id }),
      createTicket(tag, { integration_id: integration.id }),
    ],
    expect: {},
    next: [{ request: { endpoint: 'integrations.retrieve' }, expect: { body: { current_hour_requests: 2 } } }],
  },
  {
    id: 'tickets.create/not-filed',
    title: '`create_externally: false` sets the integration and files nothing',
    endpoint: 'tickets.create',
    specReference: SPEC.platforms,
    preconditions: ['an integration'],
    request: ({ tag, integration }) => createTicket(tag, { integration_id: integration.id, create_externally: false }),
    expect: ({ integration }) => ({ body: { integration_id: integration.id, integration_result: null } }),
  },
  {
    id: 'tickets.create/inactive-integration',
    title: 'A ticket for an inactive integration is refused with the reason, and not created',
    endpoint: 'tickets.create',
    specReference: SPEC.names,
    preconditions: ['a disabled integration'],
    request: ({ tag, integration }) => createTicket(tag, { integration_id: integration.id }),
    expect: { code: 'integration_unusable', reason: 'inactive' },
    next: [{ request: ({ tag }) => ({ endpoint: 'tickets.list', query: { q: tag } }), expect: { body: { total: 0 } } }],
  },
  {
    id: 'tickets.create/deleted-integration',
    title: 'A ticket for a deleted integration is refused with the reason',
    endpoint: 'tickets.create',
    specReference: SPEC.names,
    preconditions: ['a deleted integration'],
    request: ({ tag, integration }) => createTicket(tag, { integration_id: integration.id }),
    expect: { code: 'integration_unusable', reason: 'deleted' },
  },
  {
    id: 'tickets.create/unknown-integration',
    title: 'A ticket for an unknown integration is refused',
    endpoint: 'tickets.create',
    specReference: SPEC.names,
    since: 'transitional',
    request: ({ tag }) => createTicket(tag, { integration_id: UNKNOWN_ID }),
    expect: { code: 'integration_not_found' },
  },
]

/** Checks that a ticket was filed on the platform of an integration. */
export function checkFiledWith(integrationId: string): Check {
  return ({ fields }) => {
    const result = isJsonObject(fields['integration_result']) ? fields['integration_result'] : {}
    const { success, external_ticket_id: externalId, integration_id: id = integrationId } = result
    if (result['outcome'] === 'unknown')
      throw new UndecidedError('the platform did not answer, so the ticket may be filed')
    return success === true && typeof externalId === 'string' && id === integrationId
      ? undefined
      : {
          expected: 'a successful `integration_result` with an external id',
          actual: `success ${describeObserved(success)}, external id ${describeObserved(externalId)}, integration ${describeObserved(id)}`,
        }
  }
}
