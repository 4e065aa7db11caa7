import type { EndpointId } from '@ai-ticket-creator/domain'
import type { ContractCase } from '../model/case.ts'
import { type CaseContext, creatorIdOf } from '../model/case-context.ts'
import type { Reply } from '../model/observed-reply.ts'
import { createIntegration, createTicket, ticketBody } from '../model/request-bodies.ts'
import { SPEC } from '../model/spec-references.ts'
import { checkFiledWith } from './tickets/filing.ts'

/** People and integrations of another organization cannot be used. */
export const otherOrganization: readonly ContractCase[] = [
  ...(['tickets.create', 'tickets.replace', 'tickets.update', 'tickets.assign'] as const).map(assigneeCase),
  {
    id: 'tickets.replace/integration-of-other-organization',
    title: 'A ticket cannot be given the integration of another organization',
    endpoint: 'tickets.replace',
    specReference: SPEC.refusals,
    needsOtherTenant: true,
    since: 'transitional',
    preconditions: ['an integration'],
    request: ({ tag }) => ({ ...createTicket(tag), token: 'other-tenant' }),
    expect: {},
    next: [
      {
        request: ({ integration, replies: [created] }) => ({
          endpoint: 'tickets.replace',
          params: { ticket_id: String(created?.fields['id']) },
          body: { integration_id: integration.id },
          token: 'other-tenant',
        }),
        expect: { code: 'integration_not_found' },
      },
    ],
  },
  {
    id: 'tickets.createWithAi/other-organization',
    title: 'An AI draft cannot use an integration of another organization',
    endpoint: 'tickets.createWithAi',
    specReference: SPEC.refusals,
    needsOtherTenant: true,
    since: 'transitional',
    preconditions: ['an integration'],
    request: ({ tag, integration }) => ({
      endpoint: 'tickets.createWithAi',
      body: { user_input: tag, integration_id: integration.id },
      token: 'other-tenant',
    }),
    expect: { code: 'integration_not_found' },
  },
  {
    id: 'tickets.create/name-of-other-organization',
    title: 'A ticket finds integrations by name in its own organization only',
    endpoint: 'tickets.create',
    specReference: SPEC.names,
    needsOtherTenant: true,
    until: 'transitional',
    preconditions: ['an integration'],
    request: ({ tag, integration }) => ({
      endpoint: 'tickets.create',
      verbatim: true,
      body: ticketBody(tag, { integration_name: integration['name'] }),
      token: 'other-tenant',
    }),
    expect: { code: 'integration_not_found' },
    next: [
      {
        request: ({ integration }) => ({ ...createIntegration(String(integration['name'])), token: 'other-tenant' }),
        expect: {},
      },
      {
        request: ({ tag, integration }) => ({
          endpoint: 'tickets.create',
          verbatim: true,
          body: ticketBody(tag, { integration_name: integration['name'] }),
        }),
        expect: ({ integration }) => ({ check: checkFiledWith(integration.id) }),
      },
    ],
  },
]

/** Uses the creator of a ticket in the other organization as the assignee. */
function assigneeCase(endpoint: EndpointId): ContractCase {
  const isCreate = endpoint === 'tickets.create'
  return {
    id: `${endpoint}/assignee-of-other-organization`,
    title: `A user of another organization cannot be the assignee (\`${endpoint}\`)`,
    endpoint,
    specReference: SPEC.refusals,
    needsOtherTenant: true,
    preconditions: isCreate ? [] : ['a ticket'],
    request: ({ tag }) => ({ ...createTicket(tag), token: 'other-tenant' }),
    expect: {},
    next: [
      {
        request: ({ tag, replies }) => {
          const assigned_to_id = creatorOf(replies)
          return isCreate ? createTicket(tag, { assigned_to_id }) : { endpoint, body: { assigned_to_id } }
        },
        expect: { code: 'validation_failed', at: 'body.assigned_to_id' },
      },
    ],
  }
}

function creatorOf([created]: CaseContext['replies']): unknown {
  if (created === undefined) throw new TypeError('no ticket was created')
  return creatorIdOf(toRow(created))
}

const toRow = ({ fields }: Reply) => ({ ...fields, id: String(fields['id']) })
