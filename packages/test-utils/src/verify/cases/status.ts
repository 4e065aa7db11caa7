import {
  enabledIn,
  INTEGRATION_STATUSES,
  type IntegrationEvent,
  type IntegrationStatus,
  transition,
} from '@ai-ticket-creator/domain'
import type { ContractCase } from '../model/case.ts'
import type { Rows } from '../model/case-context.ts'
import type { Ask } from '../model/case-request.ts'
import type { GivenName } from '../model/precondition-names.ts'
import { credentialsOf } from '../model/request-bodies.ts'
import { SOURCES } from '../model/spec-references.ts'

/** A way in which a caller makes an event happen. */
interface Way {
  readonly event: IntegrationEvent
  readonly name: string
  readonly words: string
  readonly ask: (rows: Rows) => Ask
}

const ways: readonly Way[] = [
  {
    event: 'enable',
    name: 'enable',
    words: 'PATCH …/status with `enabled: true`',
    ask: () => ({ endpoint: 'integrations.setStatus', body: { enabled: true } }),
  },
  {
    event: 'disable',
    name: 'disable',
    words: 'PATCH …/status with `enabled: false`',
    ask: () => ({ endpoint: 'integrations.setStatus', body: { enabled: false } }),
  },
  {
    event: 'enable',
    name: 'update-enabled',
    words: 'PUT with `enabled: true`',
    ask: () => ({ endpoint: 'integrations.update', body: { enabled: true } }),
  },
  {
    event: 'disable',
    name: 'update-disabled',
    words: 'PUT with `enabled: false`',
    ask: () => ({ endpoint: 'integrations.update', body: { enabled: false } }),
  },
  {
    event: 'enable',
    name: 'activate',
    words: 'POST …/activate',
    ask: () => ({ endpoint: 'integrations.activate' }),
  },
  {
    event: 'credentials_replaced',
    name: 'replace-credentials',
    words: 'PUT with new `credentials`',
    ask: ({ tag }) => ({ endpoint: 'integrations.update', body: { credentials: credentialsOf(tag, 'jira') } }),
  },
]

// The statuses that a caller can bring about: no route suspends or resumes, and none makes a check fail.
const given: Partial<Record<IntegrationStatus, GivenName>> = {
  active: 'an integration',
  inactive: 'a disabled integration',
}

const reachable = INTEGRATION_STATUSES.flatMap((status) => {
  const name = given[status]
  return name === undefined ? [] : [{ status, name }]
})

/** The cells of the status table that a caller can reach. */
export const status: readonly ContractCase[] = [
  ...reachable.flatMap(({ status: from, name }) =>
    ways.map((way): ContractCase => {
      const to = transition(from, way.event)
      if (to.code !== undefined) throw new TypeError(`${from} refuses ${way.event}`)
      const expected = { status: to.status, enabled: to.enabled }
      return {
        id: `status/${from}-${way.name}`,
        title: `${way.words} makes an integration that is ${from} ${to.status}`,
        endpoint: way.ask({ tag: '' } as Rows).endpoint,
        source: SOURCES.status,
        given: [name],
        request: way.ask,
        expect:
          way.name === 'activate' ? { body: { previous_status: from, new_status: to.status } } : { body: expected },
        next: [{ request: { endpoint: 'integrations.retrieve' }, expect: { body: expected } }],
      }
    }),
  ),
  ...reachable.flatMap(({ status: from, name }) =>
    [true, false].map(
      (heals): ContractCase => ({
        id: `status/${from}-test${heals ? '' : '-alone'}`,
        title: `A test of an integration that is ${from} moves it as the table says${heals ? '' : ', and not at all when it is not to activate'}`,
        endpoint: 'integrations.test',
        source: SOURCES.checks,
        given: [name],
        request: { endpoint: 'integrations.test', body: { auto_activate_on_success: heals } },
        expect: {
          holds({ fields }) {
            const to = transition(from, 'check_passed')
            const after = fields['success'] === true && heals && to.code === undefined ? to.status : from
            const fits =
              fields['previous_status'] === from &&
              fields['new_status'] === after &&
              fields['activation_triggered'] === (from !== 'active' && after === 'active')
            return fits ? undefined : { expected: `${from}, then ${after}`, actual: 'other words' }
          },
        },
        next: [
          {
            request: { endpoint: 'integrations.retrieve' },
            expect: ({ replies: [test] }) => ({
              body: {
                status: test?.fields['new_status'],
                enabled: enabledIn(test?.fields['new_status'] as IntegrationStatus),
              },
            }),
          },
        ],
      }),
    ),
  ),
  {
    id: 'status/there-and-back',
    title: 'An integration that is disabled and enabled again is active, whatever was said of it twice',
    endpoint: 'integrations.setStatus',
    source: SOURCES.status,
    given: ['an integration'],
    request: [false, false, true, true, false].map((enabled) => ({
      endpoint: 'integrations.setStatus',
      body: { enabled },
    })),
    expect: {
      holds: ({ fields, ask }) => {
        const { enabled } = ask.body as { enabled: boolean }
        const to = enabled ? 'active' : 'inactive'
        return fields['enabled'] === enabled && fields['status'] === to
          ? undefined
          : { expected: to, actual: 'another status' }
      },
    },
  },
  {
    id: 'status/not-by-update',
    title: 'PUT with another `status` is refused, and moves nothing',
    endpoint: 'integrations.update',
    source: SOURCES.status,
    given: ['an integration'],
    request: { endpoint: 'integrations.update', body: { status: 'inactive' } },
    expect: { code: 'read_only_field', at: 'body.status' },
    next: [{ request: { endpoint: 'integrations.retrieve' }, expect: { body: { status: 'active', enabled: true } } }],
  },
  {
    id: 'status/disabled-with-credentials',
    title: 'PUT with new credentials and `enabled` does both',
    endpoint: 'integrations.update',
    source: SOURCES.status,
    given: ['an integration'],
    request: ({ tag }) => ({
      endpoint: 'integrations.update',
      body: { credentials: credentialsOf(tag, 'jira'), enabled: false },
    }),
    expect: { body: { status: 'inactive', enabled: false } },
  },
]
