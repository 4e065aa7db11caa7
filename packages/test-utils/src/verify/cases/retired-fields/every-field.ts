import {
  type Change,
  ENDPOINT_IDS,
  type EndpointId,
  type JsonObject,
  replacementRoute,
} from '@ai-ticket-creator/domain'
import { changesAccepting } from '@ai-ticket-creator/domain/internal'
import type { ContractCase } from '../../model/case.ts'
import type { CaseContext } from '../../model/case-context.ts'
import type { PreconditionName } from '../../model/precondition-names.ts'
import { FILE_ID, ticketBody } from '../../model/request-bodies.ts'
import { SPEC } from '../../model/spec-references.ts'
import { preconditionsOf, routeOf } from '../sample-requests.ts'

/** A retired field of an endpoint. */
interface RetiredFieldUse {
  readonly endpoint: EndpointId
  readonly change: Change
  readonly field: string
  readonly replacement: string
}

/** Every retired field of every endpoint. */
export const everyRetiredField: readonly ContractCase[] = [
  ...retiredFieldsIn('body').map(
    (use): ContractCase => ({
      id: `${use.endpoint}/takes-${use.field}`,
      title: `${routeOf(use.endpoint)} accepts the retired \`${use.field}\` and names \`${use.replacement}\` as its replacement`,
      endpoint: use.endpoint,
      specReference: SPEC.migration,
      since: 'transitional',
      until: 'transitional',
      preconditions: preconditionsFor(use),
      request: (context) => ({ endpoint: use.endpoint, body: bodyWith(use, context) }),
      expect: {
        headers: {
          'Deprecated-Fields': `${use.field};use=${use.replacement}`,
          Deprecation: deprecationOf(use.change),
          Link: new RegExp(`${use.change.id}>; rel="deprecation"$`),
        },
      },
    }),
  ),
  ...retiredFieldsIn('body').map(
    (use): ContractCase => ({
      id: `${use.endpoint}/refuses-${use.field}`,
      title: `${routeOf(use.endpoint)} refuses the retired \`${use.field}\` and names \`${use.replacement}\` as its replacement`,
      endpoint: use.endpoint,
      specReference: SPEC.migration,
      since: 'current',
      preconditions: preconditionsFor(use),
      request: (context) => ({ endpoint: use.endpoint, body: bodyWith(use, context) }),
      expect: { code: 'retired_field', at: `body.${use.field}`, replacement: use.replacement },
    }),
  ),
  ...retiredFieldsIn('query').map(
    (use): ContractCase => ({
      id: `${use.endpoint}/filters-by-${use.field}`,
      title: `${routeOf(use.endpoint)} filters by the retired \`${use.field}\` and names \`${use.replacement}\` as its replacement`,
      endpoint: use.endpoint,
      specReference: SPEC.migration,
      since: 'transitional',
      until: 'transitional',
      // A look-up needs an integration of the case, because existing integrations may share a name.
      ...(use.change.kind === 'look-up' ? { preconditions: ['an integration'] } : { readOnly: true }),
      request: (context) => ({ endpoint: use.endpoint, query: { [use.field]: sampleValue(use, context) } }),
      expect: {
        headers: {
          'Deprecated-Fields': `${use.field};use=${use.replacement}`,
          Deprecation: deprecationOf(use.change),
          Link: new RegExp(`${use.change.id}>; rel="deprecation"`),
        },
      },
    }),
  ),
  ...retiredFieldsIn('query').map(
    (use): ContractCase => ({
      id: `${use.endpoint}/refuses-filter-${use.field}`,
      title: `${routeOf(use.endpoint)} refuses the retired filter \`${use.field}\` and names \`${use.replacement}\` as its replacement`,
      endpoint: use.endpoint,
      specReference: SPEC.migration,
      since: 'current',
      readOnly: true,
      request: { endpoint: use.endpoint, query: { [use.field]: use.change.kind === 'look-up' ? 'x' : 'jira' } },
      expect: { code: 'retired_field', at: `query.${use.field}`, replacement: use.replacement },
    }),
  ),
]

function retiredFieldsIn(part: 'body' | 'query'): readonly RetiredFieldUse[] {
  return ENDPOINT_IDS.filter((endpoint) => replacementRoute(endpoint) === undefined).flatMap((endpoint) =>
    changesAccepting(endpoint, part).flatMap((change) =>
      Object.entries(change.retired).map(([field, { replacement }]) => ({ endpoint, change, field, replacement })),
    ),
  )
}

/** The value of the `Deprecation` header for a change. */
export function deprecationOf({ deprecated }: Change): string {
  return `@${Date.parse(deprecated) / 1000}`
}

function preconditionsFor({ endpoint, change }: RetiredFieldUse): readonly PreconditionName[] {
  return change.kind === 'look-up' ? ['an integration', ...preconditionsOf(endpoint)] : preconditionsOf(endpoint)
}

/** A minimal body with the retired field in place of the fields that replace it. */
function bodyWith(use: RetiredFieldUse, context: CaseContext): JsonObject {
  const { platform_name: platform, ...rest } = requiredFields(use, context)
  const required =
    use.field === 'integration_type' || platform === undefined ? rest : { ...rest, platform_name: platform }
  return { ...required, [use.field]: sampleValue(use, context) }
}

function requiredFields({ endpoint }: RetiredFieldUse, { tag }: CaseContext): JsonObject {
  if (endpoint === 'integrations.create') return { name: tag, platform_name: 'jira' }
  if (endpoint === 'tickets.create') return ticketBody(tag)
  if (endpoint === 'tickets.createWithAi') return { user_input: `${tag}: the export ends with an empty file` }
  return {}
}

/** A valid value of the retired field. A look-up by name gets the name of the integration in the preconditions. */
function sampleValue({ change, field }: RetiredFieldUse, context: CaseContext): unknown {
  if (change.kind === 'look-up') return context.integration['name']
  return { is_enabled: false, integration_type: 'jira', status: 'inactive', file_ids: [FILE_ID] }[field]
}
