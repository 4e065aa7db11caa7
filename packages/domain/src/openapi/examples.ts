import { isAvailable } from '../contract/availability.ts'
import type { EndpointId } from '../contract/contract.ts'
import type { Generation } from '../contract/endpoint.ts'
import { type JsonObject, sameJson } from '../schema/json.ts'
import { replacementRoute } from '../versioning/changes/index.ts'
import { downgrade } from '../versioning/upgrade-downgrade.ts'
import type { Example } from './document.ts'

/** The ids and names in the example bodies. Replace them with your own before you send a body. */
export const exampleReferences = {
  integration_id: 'a0abea7c-a9de-42d2-b63e-71d3ac22d3e4',
  integration_name: 'JIRA Production',
  user_id: '4c2f3a52-1f0b-4b6e-9c56-0d1f5be8a6d3',
  file_id: '9d0c7f1e-54a8-4e0c-8a57-2f6f0c1f9b10',
} as const

const { integration_id, integration_name, user_id, file_id } = exampleReferences

// An example for each endpoint with a body, in the new names. Examples with retired names are derived from these.
const bodies: Partial<Record<EndpointId, JsonObject>> = {
  'integrations.create': {
    name: integration_name,
    integration_category: 'ticketing',
    platform_name: 'jira',
    enabled: true,
  },
  'integrations.update': {
    description: 'Files what the service desk cannot solve.',
    default_priority: 50,
    enabled: true,
  },
  'integrations.setStatus': { enabled: false, reason: 'The platform is being moved.' },
  'integrations.test': { test_types: ['connection', 'authentication'] },
  'integrations.sync': { sync_type: 'incremental', direction: 'inbound', dry_run: true },
  'tickets.create': {
    title: 'Bug Report',
    description: '...',
    integration_id,
  },
  'tickets.createWithAi': { user_input: 'The export stops at page 3.', uploaded_files: [file_id], integration_id },
  'tickets.replace': {
    title: 'Bug Report: export',
    description: 'The export stops at page 3.',
    category: 'bug',
    priority: 'high',
    integration_id,
  },
  'tickets.update': { status: 'in_progress', assigned_to_id: user_id, assignment_reason: 'Knows the export.' },
  // The next two routes are retired, so their bodies have no form with new names.
  'tickets.setStatus': { status: 'resolved', resolution_summary: 'Page 3 had a row without a date.' },
  'tickets.assign': { assigned_to_id: user_id, reason: 'Knows the export.' },
  'tickets.addAttachments': { attachments: [{ file_id }] },
}

/** Example bodies of an endpoint in a generation; undefined if there are none. */
export function examplesOf(endpointId: EndpointId, generation: Generation): Record<string, Example> | undefined {
  const body = bodies[endpointId]
  if (body === undefined || !isAvailable(endpointId, generation)) return undefined

  const before = downgrade(endpointId, body, { nameOf: () => integration_name }).body
  const minimal = { summary: 'The fields that matter', value: generation === 'legacy' ? before : body }
  const hasRetiredNames =
    generation === 'transitional' && replacementRoute(endpointId) === undefined && !sameJson(before, body)
  return hasRetiredNames ? { minimal, deprecated: { summary: 'With the retired names', value: before } } : { minimal }
}
