import type { ContractCase } from '../../model/case.ts'
import { SPEC } from '../../model/spec-references.ts'
import { checkLastError, checkPlatformFields } from './expectations.ts'

/** Fields, activation, status and retrieval of integrations. */
export const operationCases: readonly ContractCase[] = [
  {
    id: 'integrations.fields/counts',
    title: 'The fields of a platform are counted and can be filtered by type and name',
    endpoint: 'integrations.fields',
    specReference: SPEC.contract,
    preconditions: ['an integration'],
    request: [{}, { field_type: 'custom' }, { field_type: 'system' }, { search: 'SuMm' }].map((query) => ({
      endpoint: 'integrations.fields',
      query,
    })),
    expect: ({ tag }) => ({
      body: { integration_name: tag, integration_category: 'ticketing', platform_name: 'jira' },
      check: checkPlatformFields,
    }),
  },
  {
    id: 'integrations.fields/not-supported',
    title: 'The fields of a platform that has no such operation are refused with `not_supported`',
    endpoint: 'integrations.fields',
    specReference: SPEC.refusals,
    preconditions: ['an integration of another platform'],
    request: { endpoint: 'integrations.fields' },
    expect: { code: 'not_supported' },
  },
  {
    id: 'integrations.activate/reply',
    title: 'An activation returns the integration, its previous status and its new status',
    endpoint: 'integrations.activate',
    specReference: SPEC.status,
    preconditions: ['a disabled integration'],
    request: { endpoint: 'integrations.activate' },
    expect: ({ integration }) => ({
      body: {
        integration_id: integration.id,
        integration_name: integration['name'],
        previous_status: 'inactive',
        new_status: 'active',
        activation_method: 'manual',
      },
    }),
  },
  {
    id: 'integrations.setStatus/reason',
    title: 'The reason for disabling is recorded as the last error',
    endpoint: 'integrations.setStatus',
    specReference: SPEC.fields,
    preconditions: ['an integration'],
    request: { endpoint: 'integrations.setStatus', body: { enabled: false, reason: 'on holiday' } },
    expect: { body: { enabled: false }, check: checkLastError(true) },
  },
  {
    id: 'integrations.setStatus/no-reason',
    title: 'Disabling without a reason records no error',
    endpoint: 'integrations.setStatus',
    specReference: SPEC.status,
    preconditions: ['an integration'],
    request: { endpoint: 'integrations.setStatus', body: { enabled: false } },
    expect: { check: checkLastError(false) },
  },
  {
    id: 'integrations.setStatus/no-enabled',
    title: 'A status call without `enabled` is refused and changes nothing',
    endpoint: 'integrations.setStatus',
    specReference: SPEC.refusals,
    preconditions: ['an integration'],
    request: [{}, { reason: 'because' }].map((body) => ({ endpoint: 'integrations.setStatus', body })),
    expect: (_, generation) => ({
      code: 'validation_failed',
      at: generation === 'legacy' ? 'body.status' : 'body.enabled',
    }),
    next: [
      {
        request: { endpoint: 'integrations.retrieve' },
        expect: ({ integration }) => ({ body: { status: 'active', updated_at: integration['updated_at'] } }),
      },
    ],
  },
  {
    id: 'integrations.retrieve/stats',
    title: '`include_stats` does not change the reply',
    endpoint: 'integrations.retrieve',
    specReference: SPEC.fields,
    readOnly: true,
    preconditions: ['an integration'],
    request: [true, false].map((include_stats) => ({ endpoint: 'integrations.retrieve', query: { include_stats } })),
    expect: ({ integration }) => ({ body: { id: integration.id, name: integration['name'] } }),
  },
  {
    id: 'integrations.retrieve/flag',
    title: 'A boolean query parameter that is not a boolean is refused',
    endpoint: 'integrations.retrieve',
    specReference: SPEC.fields,
    readOnly: true,
    preconditions: ['an integration'],
    request: { endpoint: 'integrations.retrieve', query: { include_stats: 'perhaps' } },
    expect: { code: 'validation_failed', at: 'query.include_stats' },
  },
]
