import { type EndpointId, type JsonObject, upgrade } from '@ai-ticket-creator/domain'
import { checkUsable } from '@ai-ticket-creator/domain/internal'
import type { CallContext } from '../../core/call-context.ts'
import type { ParsedInput, ParseInput, ResolvedBody } from '../../core/parsed-input.ts'
import { isIntegrationUnusableError } from '../../errors/guards.ts'
import { IntegrationNotFoundError } from '../../errors/integration-errors.ts'
import { retrieveIntegrationOr } from '../../resources/integrations/retrieve.ts'
import { unwrap } from '../../resources/integrations/unwrap.ts'
import type { LegacyContext } from '../legacy-context.ts'

/**
 * Sends a body that may refer to an integration by `integration_id` or by the retired field `integration_name`. The id of a name
 * is looked up. A legacy backend accepts names only, so for it the name of an id is looked up; this name must be unique.
 */
export async function withResolvedIntegration<T>(
  { lookup, settings }: LegacyContext,
  call: CallContext,
  endpointId: EndpointId,
  parse: ParseInput,
  send: (resolved: ResolvedBody) => Promise<T>,
): Promise<T> {
  const { body, name } = parse({})
  const id = body['integration_id']

  if (name !== undefined)
    return lookup.withIntegration({ name, settings }, call, (found) =>
      send({
        body: withId(endpointId, body, parse, found.id),
        sentIntegrationName: name,
        storedIntegrationName: found.name,
      }),
    )
  if (typeof id !== 'string' || (await call.dialect.chooseForWrite(call, id)) !== 'legacy') return send({ body })

  const integration = await retrieveUsable(call, id)
  return lookup.withIntegration({ name: integration.name, settings }, call, async (found) => {
    if (found.id !== integration.id)
      throw new IntegrationNotFoundError('the integration was renamed during the call', { id })
    return send({ body, sentIntegrationName: integration.name.trim() })
  })
}

/**
 * The filters of a ticket list, with the id of an integration that is given by name. The integration may be unusable: older
 * tickets may have been filed with it.
 */
export async function resolveFilters(
  { lookup, settings }: LegacyContext,
  call: CallContext,
  filters: ParsedInput,
  parse: ParseInput,
): Promise<ParsedInput> {
  const { name } = filters
  if (name === undefined) return filters
  try {
    return await lookup.withIntegration({ name, settings }, call, async ({ id }) => parse({ integrationId: id }))
  } catch (error) {
    if (isIntegrationUnusableError(error) && error.id !== undefined) return parse({ integrationId: error.id })
    throw error
  }
}

/** The body with the id of its integration. The body of a create is not parsed again, unless the id leads to issues. */
function withId(endpointId: EndpointId, parsed: JsonObject, parse: ParseInput, integrationId: string): JsonObject {
  if (endpointId !== 'tickets.update' && endpointId !== 'tickets.replace') {
    const { body, issues } = upgrade(endpointId, parsed, { idOf: () => integrationId })
    if (issues.length === 0) return body
  }
  // If the input has an id and a name, both must refer to one integration. Parsing again reports a mismatch with the names of the
  // fields that the caller used.
  return parse({ integrationId }).body
}

async function retrieveUsable(call: CallContext, id: string): Promise<{ readonly id: string; readonly name: string }> {
  const integration = await retrieveIntegrationOr(call, id, ({ requestId }) => {
    throw new IntegrationNotFoundError('no integration has this `integration_id`', { id, requestId })
  })
  unwrap(checkUsable(integration, 'name'), integration.name)
  return integration
}
