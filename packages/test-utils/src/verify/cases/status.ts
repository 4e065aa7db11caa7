import {
  INTEGRATION_STATUSES,
  type IntegrationEvent,
  type IntegrationStatus,
  isEnabledStatus,
  isIntegrationStatus,
  transition,
} from '@ai-ticket-creator/domain'
import { isJsonObject } from '@ai-ticket-creator/domain/internal'
import type { Check, ContractCase } from '../model/case.ts'
import type { CaseRequest } from '../model/case-request.ts'
import type { PreconditionName } from '../model/precondition-names.ts'
import { credentialsOf } from '../model/request-bodies.ts'
import { SPEC } from '../model/spec-references.ts'

/** The transitions of the status table that a caller can trigger. */
export const status: readonly ContractCase[] = [
  ...reachableStatuses().flatMap(({ status: from, precondition }) => [
    ...actions().map((action) => transitionCase(from, precondition, action)),
    testCase(from, precondition, true),
    testCase(from, precondition, false),
  ]),
  {
    id: 'status/disable-and-enable',
    title: 'Disabling and enabling an integration repeatedly ends in the last requested status',
    endpoint: 'integrations.setStatus',
    specReference: SPEC.status,
    preconditions: ['an integration'],
    request: [false, false, true, true, false].map((enabled) => ({
      endpoint: 'integrations.setStatus',
      body: { enabled },
    })),
    expect: { check: checkRequestedStatus },
  },
  {
    id: 'status/not-by-update',
    title: 'PUT with another `status` is refused and changes nothing',
    endpoint: 'integrations.update',
    specReference: SPEC.status,
    preconditions: ['an integration'],
    request: { endpoint: 'integrations.update', body: { status: 'inactive' } },
    expect: { code: 'read_only_field', at: 'body.status' },
    next: [{ request: { endpoint: 'integrations.retrieve' }, expect: { body: { status: 'active', enabled: true } } }],
  },
  {
    id: 'status/disabled-with-credentials',
    title: 'PUT applies new credentials and `enabled` together',
    endpoint: 'integrations.update',
    specReference: SPEC.status,
    preconditions: ['an integration'],
    request: ({ tag }) => ({
      endpoint: 'integrations.update',
      body: { credentials: credentialsOf(tag, 'jira'), enabled: false },
    }),
    expect: { body: { status: 'inactive', enabled: false } },
  },
]

/** A request that triggers an event of the status table. */
interface Action {
  readonly event: IntegrationEvent
  readonly name: string
  readonly description: string
  readonly request: (tag: string) => CaseRequest
}

function actions(): readonly Action[] {
  return [
    {
      event: 'enable',
      name: 'enable',
      description: 'PATCH …/status with `enabled: true`',
      request: () => setEnabled('integrations.setStatus', true),
    },
    {
      event: 'disable',
      name: 'disable',
      description: 'PATCH …/status with `enabled: false`',
      request: () => setEnabled('integrations.setStatus', false),
    },
    {
      event: 'enable',
      name: 'update-enabled',
      description: 'PUT with `enabled: true`',
      request: () => setEnabled('integrations.update', true),
    },
    {
      event: 'disable',
      name: 'update-disabled',
      description: 'PUT with `enabled: false`',
      request: () => setEnabled('integrations.update', false),
    },
    {
      event: 'enable',
      name: 'activate',
      description: 'POST …/activate',
      request: () => ({ endpoint: 'integrations.activate' }),
    },
    {
      event: 'credentials_replaced',
      name: 'replace-credentials',
      description: 'PUT with new `credentials`',
      request: (tag) => ({ endpoint: 'integrations.update', body: { credentials: credentialsOf(tag, 'jira') } }),
    },
  ]
}

function setEnabled(endpoint: 'integrations.setStatus' | 'integrations.update', enabled: boolean): CaseRequest {
  return { endpoint, body: { enabled } }
}

/** The statuses that a caller can reach. No route suspends an integration or makes its health check fail. */
function reachableStatuses() {
  const preconditions: Partial<Record<IntegrationStatus, PreconditionName>> = {
    active: 'an integration',
    inactive: 'a disabled integration',
  }
  return INTEGRATION_STATUSES.flatMap((one) => {
    const precondition = preconditions[one]
    return precondition === undefined ? [] : [{ status: one, precondition }]
  })
}

function transitionCase(from: IntegrationStatus, precondition: PreconditionName, action: Action): ContractCase {
  const to = transition(from, action.event)
  if (to.code !== undefined) throw new TypeError(`${from} refuses ${action.event}`)
  const expected = { status: to.status, enabled: to.enabled }
  const reply = action.name === 'activate' ? { previous_status: from, new_status: to.status } : expected
  return {
    id: `status/${from}-${action.name}`,
    title: `${action.description} changes an integration from ${from} to ${to.status}`,
    endpoint: action.request('').endpoint,
    specReference: SPEC.status,
    preconditions: [precondition],
    request: ({ tag }) => action.request(tag),
    expect: { body: reply },
    next: [{ request: { endpoint: 'integrations.retrieve' }, expect: { body: expected } }],
  }
}

function testCase(from: IntegrationStatus, precondition: PreconditionName, activates: boolean): ContractCase {
  return {
    id: `status/${from}-test${activates ? '' : '-without-activation'}`,
    title: activates
      ? `A passed test of an integration that is ${from} changes its status as the status table says`
      : `A test of an integration that is ${from} with \`auto_activate_on_success: false\` leaves its status alone`,
    endpoint: 'integrations.test',
    specReference: SPEC.healthChecks,
    preconditions: [precondition],
    request: { endpoint: 'integrations.test', body: { auto_activate_on_success: activates } },
    expect: { check: checkStatusAfterTest(from, activates) },
    next: [
      {
        request: { endpoint: 'integrations.retrieve' },
        expect: ({ replies: [test] }) => {
          const after = test?.fields['new_status']
          return {
            body: {
              status: after,
              ...(typeof after === 'string' && isIntegrationStatus(after) && { enabled: isEnabledStatus(after) }),
            },
          }
        },
      },
    ],
  }
}

function checkStatusAfterTest(from: IntegrationStatus, activates: boolean): Check {
  const to = transition(from, 'check_passed')
  return ({ fields }) => {
    const after = fields['success'] === true && activates && to.code === undefined ? to.status : from
    const agrees =
      fields['previous_status'] === from &&
      fields['new_status'] === after &&
      fields['activation_triggered'] === (from !== 'active' && after === 'active')
    return agrees ? undefined : { expected: `${from}, then ${after}`, actual: 'other statuses' }
  }
}

function checkRequestedStatus({ fields, request }: Parameters<Check>[0]): ReturnType<Check> {
  const enabled = isJsonObject(request.body) ? request.body['enabled'] : undefined
  const expected = enabled === true ? 'active' : 'inactive'
  return fields['enabled'] === enabled && fields['status'] === expected
    ? undefined
    : { expected, actual: 'another status' }
}
