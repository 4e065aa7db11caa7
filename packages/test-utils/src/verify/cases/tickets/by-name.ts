import type { JsonObject } from '@ai-ticket-creator/domain'
import type { ContractCase } from '../../model/case.ts'
import { ticketBody, UNKNOWN_ID } from '../../model/request-bodies.ts'
import { SPEC } from '../../model/spec-references.ts'
import { isFiled } from './filing.ts'

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
    expect: (rows, generation) => ({
      ...(generation === 'transitional' && { body: { integration_id: rows.integration.id } }),
      check: isFiled(rows.integration.id),
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
      check: ({ fields }, { integrations }) => {
        const candidates = (fields['candidates'] ?? []) as readonly JsonObject[]
        const ids = candidates.map(({ id }) => String(id)).toSorted()
        const whole = candidates.every(
          ({ name, platform_name: on, status }) =>
            name === integrations[0]?.['name'] && on === 'jira' && status === 'active',
        )
        return whole &&
          ids.join() ===
            integrations
              .map(({ id }) => id)
              .toSorted()
              .join()
          ? undefined
          : { expected: 'both integrations', actual: `${ids.length} candidates` }
      },
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
