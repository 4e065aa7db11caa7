import { isJsonObject, sameJson } from '@ai-ticket-creator/domain/internal'
import type { ContractCase, Mismatch } from '../../model/case.ts'
import type { CaseContext } from '../../model/case-context.ts'
import type { Reply } from '../../model/observed-reply.ts'
import { ticketBody, UNKNOWN_ID } from '../../model/request-bodies.ts'
import { SPEC } from '../../model/spec-references.ts'
import { checkFiledWith } from './filing.ts'

/** Tickets that name their integration. */
export const byNameCases: readonly ContractCase[] = [
  {
    id: 'tickets.create/by-name',
    title: 'An integration name is matched exactly after trimming, and the reply has its id',
    endpoint: 'tickets.create',
    specReference: SPEC.names,
    until: 'transitional',
    preconditions: ['an integration'],
    request: ({ tag, integration }) =>
      [String(integration['name']), ` ${String(integration['name'])} `].map((name) => ({
        endpoint: 'tickets.create',
        verbatim: true,
        body: ticketBody(tag, { integration_name: name }),
      })),
    expect: ({ integration }, generation) => ({
      ...(generation === 'transitional' && { body: { integration_id: integration.id } }),
      check: checkFiledWith(integration.id),
    }),
  },
  {
    id: 'tickets.create/by-part-of-a-name',
    title: 'Part of a name, or the name in another case, matches no integration',
    endpoint: 'tickets.create',
    specReference: SPEC.names,
    until: 'transitional',
    preconditions: ['an integration'],
    request: ({ tag, integration }) =>
      [String(integration['name']).slice(0, -1), String(integration['name']).toUpperCase()].map((name) => ({
        endpoint: 'tickets.create',
        verbatim: true,
        body: ticketBody(tag, { integration_name: name }),
      })),
    expect: { code: 'integration_not_found' },
  },
  {
    id: 'tickets.create/ambiguous-name',
    title: 'A name that two integrations share is refused, and the problem lists both as candidates',
    endpoint: 'tickets.create',
    specReference: SPEC.names,
    until: 'transitional',
    preconditions: ['two integrations with the same name'],
    request: ({ tag, integration }) => ({
      endpoint: 'tickets.create',
      verbatim: true,
      body: ticketBody(tag, { integration_name: integration['name'] }),
    }),
    expect: {
      code: 'ambiguous_integration_name',
      check: checkCandidates,
    },
  },
  {
    id: 'tickets.create/names-disagree',
    title: '`integration_name` and `integration` that disagree are refused',
    endpoint: 'tickets.create',
    specReference: SPEC.migration,
    until: 'transitional',
    preconditions: ['an integration'],
    request: ({ tag, integration }) => ({
      endpoint: 'tickets.create',
      verbatim: true,
      body: ticketBody(tag, { integration_name: integration['name'], integration: 'another' }),
    }),
    expect: { code: 'conflicting_fields', at: 'body.integration_name' },
  },
  {
    id: 'tickets.create/name-and-id-disagree',
    title: 'A name and an id of different integrations are refused',
    endpoint: 'tickets.create',
    specReference: SPEC.migration,
    since: 'transitional',
    until: 'transitional',
    preconditions: ['an integration'],
    request: ({ tag, integration }) => ({
      endpoint: 'tickets.create',
      body: ticketBody(tag, { integration_name: integration['name'], integration_id: UNKNOWN_ID }),
    }),
    expect: { code: 'conflicting_fields', at: 'body.integration_id' },
  },
  {
    id: 'tickets.create/unusable-name',
    title: 'The name of an inactive integration is refused with the reason',
    endpoint: 'tickets.create',
    specReference: SPEC.names,
    until: 'transitional',
    preconditions: ['a disabled integration'],
    request: ({ tag, integration }) => ({
      endpoint: 'tickets.create',
      verbatim: true,
      body: ticketBody(tag, { integration_name: integration['name'] }),
    }),
    expect: { code: 'integration_unusable', reason: 'inactive' },
  },
]

/** Checks that the candidates of the problem are the integrations of the case. */
function checkCandidates({ fields }: Reply, { integrations }: CaseContext): Mismatch | undefined {
  const candidates = Array.isArray(fields['candidates']) ? fields['candidates'].filter(isJsonObject) : []
  const expected = integrations.map(({ id, name }) => ({ id, name, platform_name: 'jira', status: 'active' }))
  const actual = candidates.map(({ id, name, platform_name, status }) => ({ id, name, platform_name, status }))
  const isComplete =
    actual.length === expected.length && expected.every((one) => actual.some((other) => sameJson(one, other)))
  return isComplete ? undefined : { expected: 'both integrations', actual: `${candidates.length} candidates` }
}
