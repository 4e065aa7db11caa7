import type { EndpointId } from '@ai-ticket-creator/domain'
import type { ContractCase } from '../../model/case.ts'
import { SPEC } from '../../model/spec-references.ts'

/** Filters with invalid values. */
export const invalidFilterCases: readonly ContractCase[] = [
  refuses('integrations.list', 'offset', -1),
  refuses('integrations.list', 'integration_status', 'alive'),
  refuses('integrations.list', 'enabled', 'perhaps', 'transitional'),
  refuses('integrations.list', 'integration_category', 'tickets', 'transitional'),
  {
    ...refuses('integrations.list', 'platform_name', 'jirra', 'transitional'),
    title: 'An unknown platform in the filter `platform_name` is refused, and the most similar one is suggested',
    expect: { code: 'unknown_platform', at: 'query.platform_name', replacement: 'jira' },
  },
  refuses('tickets.list', 'page', 0),
  refuses('tickets.list', 'status', ['done']),
  refuses('tickets.list', 'category', ['bugs']),
  refuses('tickets.list', 'priority', ['urgent']),
  refuses('tickets.list', 'urgency', ['urgent']),
  refuses('tickets.list', 'created_by_id', 'me'),
  refuses('tickets.list', 'assigned_to_id', 'me'),
  refuses('tickets.list', 'integration_id', 'jira', 'transitional'),
  refuses('tickets.list', 'created_after', 'yesterday'),
  refuses('tickets.list', 'created_before', 'yesterday'),
  refuses('tickets.list', 'updated_after', '2025-02-30T00:00:00Z'),
  refuses('tickets.list', 'updated_before', '2025'),
  refuses('tickets.list', 'resolved_after', 'yesterday'),
  refuses('tickets.list', 'resolved_before', 'yesterday'),
  refuses('tickets.list', 'is_overdue', 'perhaps'),
  refuses('tickets.list', 'has_attachments', 'some'),
  refuses('tickets.list', 'escalation_level', 'high'),
  refuses('tickets.list', 'satisfaction_rating', '4.5'),
]

function refuses(endpoint: EndpointId, name: string, value: unknown, since?: 'transitional'): ContractCase {
  return {
    id: `${endpoint}/refuses-${name}`,
    title: `An invalid value of the filter \`${name}\` is refused`,
    endpoint,
    specReference: SPEC.fields,
    ...(since !== undefined && { since }),
    readOnly: true,
    request: { endpoint, query: { [name]: value } },
    expect: { code: 'validation_failed', at: `query.${name}${Array.isArray(value) ? '.0' : ''}` },
  }
}
