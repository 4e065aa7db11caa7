import type { EndpointId } from '../contract.ts'
import type { Generation } from '../endpoint.ts'
import type { JsonObject } from '../json.ts'
import { downgrade } from '../upgrade.ts'
import type { Example } from './document.ts'

// The plan's bodies after the change; those before it are derived.
const bodies: Partial<Record<EndpointId, JsonObject>> = {
  'integrations.create': {
    name: 'JIRA Production',
    integration_category: 'ticketing',
    platform_name: 'jira',
    enabled: true,
  },
  'tickets.create': {
    title: 'Bug Report',
    description: '...',
    integration_id: 'a0abea7c-a9de-42d2-b63e-71d3ac22d3e4',
  },
}

/** Bodies to start from, in the words of a generation; undefined where there is none. */
export function examplesOf(endpointId: EndpointId, generation: Generation): Record<string, Example> | undefined {
  const body = bodies[endpointId]
  if (body === undefined) return undefined

  const before = { value: downgrade(endpointId, body, { nameOf: () => 'JIRA Production' }).body }
  if (generation === 'legacy') return { minimal: { summary: 'The fields that matter', ...before } }
  const minimal = { summary: 'The fields that matter', value: body }
  return generation === 'current' ? { minimal } : { minimal, deprecated: { summary: 'In the old words', ...before } }
}
