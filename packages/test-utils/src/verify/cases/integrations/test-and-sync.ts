import { isJsonObject } from '@ai-ticket-creator/domain/internal'
import type { ContractCase } from '../../model/case.ts'
import { describeObserved } from '../../model/describe.ts'
import { SPEC } from '../../model/spec-references.ts'
import { checkTestDetails } from './expectations.ts'

/** Tests and synchronization of integrations. */
export const testAndSyncCases: readonly ContractCase[] = [
  {
    id: 'integrations.test/default-types',
    title: 'A test without types runs connection and authentication and returns both results',
    endpoint: 'integrations.test',
    specReference: SPEC.healthChecks,
    preconditions: ['an integration'],
    request: { endpoint: 'integrations.test', body: {} },
    expect: {
      body: { test_type: 'connection, authentication' },
      check: checkTestDetails(['connection', 'authentication']),
    },
  },
  {
    id: 'integrations.test/types',
    title: 'A test runs the requested types, each once',
    endpoint: 'integrations.test',
    specReference: SPEC.healthChecks,
    preconditions: ['an integration'],
    request: { endpoint: 'integrations.test', body: { test_types: ['search', 'webhook', 'search', 'project_access'] } },
    expect: {
      body: { test_type: 'search, webhook, project_access' },
      check: checkTestDetails(['search', 'webhook', 'project_access']),
    },
  },
  {
    id: 'integrations.test/no-types',
    title: 'A test with an empty list of types is refused',
    endpoint: 'integrations.test',
    specReference: SPEC.healthChecks,
    preconditions: ['an integration'],
    request: { endpoint: 'integrations.test', body: { test_types: [] } },
    expect: { code: 'validation_failed', at: 'body.test_types' },
  },
  {
    id: 'integrations.test/unknown-type',
    title: 'A test of an unknown type is refused',
    endpoint: 'integrations.test',
    specReference: SPEC.healthChecks,
    preconditions: ['an integration'],
    request: { endpoint: 'integrations.test', body: { test_types: ['connection', 'luck'] } },
    expect: { code: 'validation_failed', at: 'body.test_types.1' },
  },
  {
    id: 'integrations.test/recorded',
    title: 'The result of a test is recorded on the integration',
    endpoint: 'integrations.test',
    specReference: SPEC.healthChecks,
    preconditions: ['an integration'],
    request: { endpoint: 'integrations.test', body: {} },
    expect: {},
    next: [
      {
        request: { endpoint: 'integrations.retrieve' },
        expect: ({ replies: [test] }) => ({
          check: ({ fields }) => {
            const health = isJsonObject(fields['health_info']) ? fields['health_info'] : {}
            const expected = test?.fields['success'] === true ? 'healthy' : 'unhealthy'
            const { status, last_check: time } = health
            return status === expected && typeof time === 'string'
              ? undefined
              : {
                  expected: `\`health_info.status\`: "${expected}", with its time`,
                  actual: `${describeObserved(status)}, with the time ${describeObserved(time)}`,
                }
          },
        }),
      },
    ],
  },
  {
    id: 'integrations.sync/result',
    title: 'A synchronization returns what it did',
    endpoint: 'integrations.sync',
    specReference: SPEC.contract,
    preconditions: ['an integration'],
    request: { endpoint: 'integrations.sync', body: { sync_type: 'full', direction: 'inbound' } },
    expect: { body: { sync_type: 'full', direction: 'inbound', dry_run: false } },
    next: [
      {
        request: { endpoint: 'integrations.retrieve' },
        expect: ({ replies: [sync] }) => ({ body: { last_sync_at: sync?.fields['completed_at'] } }),
      },
    ],
  },
  {
    id: 'integrations.sync/dry-run',
    title: 'A dry run is reported as such, is bidirectional by default, and changes nothing',
    endpoint: 'integrations.sync',
    specReference: SPEC.contract,
    preconditions: ['an integration'],
    request: { endpoint: 'integrations.sync', body: { sync_type: 'incremental', dry_run: true } },
    expect: { body: { sync_type: 'incremental', direction: 'bidirectional', dry_run: true } },
    next: [{ request: { endpoint: 'integrations.retrieve' }, expect: { body: { last_sync_at: null } } }],
  },
  {
    id: 'integrations.sync/directions',
    title: 'An integration can be synchronized in each direction',
    endpoint: 'integrations.sync',
    specReference: SPEC.fields,
    preconditions: ['an integration'],
    request: () =>
      ['inbound', 'outbound', 'bidirectional'].map((direction) => ({
        endpoint: 'integrations.sync',
        body: { sync_type: 'test', dry_run: true, direction },
      })),
    expect: {},
  },
  {
    id: 'integrations.sync/unknown-values',
    title: 'A synchronization with an unknown type or direction is refused',
    endpoint: 'integrations.sync',
    specReference: SPEC.fields,
    preconditions: ['an integration'],
    request: { endpoint: 'integrations.sync', body: { sync_type: 'all', direction: 'sideways' } },
    expect: {
      code: 'validation_failed',
      at: 'body.sync_type',
      check: ({ text }) =>
        text.includes('"direction"')
          ? undefined
          : { expected: 'issues at both fields', actual: 'an issue at `sync_type` only' },
    },
  },
]
