import { checkUsable } from '@ai-ticket-creator/domain/internal'
import type { CallContext } from '../../core/call-context.ts'
import type { RequestInput } from '../../core/sent-request.ts'
import { IntegrationNotFoundError } from '../../errors/integration-errors.ts'
import type { ParsedInput } from '../../resources/parse-input.ts'
import type { Lookup } from './name-lookup.ts'
import { retrieveIntegrationOr } from '../../resources/integrations/retrieve.ts'
import { unwrap } from '../../resources/integrations/unwrap.ts'

/** A body in the current form, and the name of its integration where the backend needs one. */
export type ResolvedBody = Required<Pick<RequestInput, 'body'>> & Pick<RequestInput, 'integrationName' | 'ownName'>

/**
 * Sends a body that may refer to an integration, by id or by an old name. A name is looked up. A legacy backend accepts
 * names only, so there the name of an id is looked up as well, and must be unique.
 */
export async function withResolvedIntegration<T>(
  call: CallContext,
  lookup: Lookup,
  parse: (known: { integrationId?: string }) => ParsedInput,
  send: (resolved: ResolvedBody) => Promise<T>,
): Promise<T> {
  const { body, name } = parse({})
  const id = body['integration_id']

  if (name !== undefined)
    return lookup.withIntegration(call, name, (found) =>
      // Parsed again: an id that was given beside the name must agree with it.
      send({ body: parse({ integrationId: found.id }).body, integrationName: name, ownName: found.name }),
    )
  if (typeof id === 'string' && (await call.dialect.chooseForWrite(call, id)) === 'legacy')
    return sendByName(call, lookup, body, id, send)
  return send({ body })
}

async function sendByName<T>(
  call: CallContext,
  lookup: Lookup,
  body: ResolvedBody['body'],
  id: string,
  send: (resolved: ResolvedBody) => Promise<T>,
): Promise<T> {
  const integration = await retrieveIntegrationOr(call, id, ({ requestId }) => {
    throw new IntegrationNotFoundError('no integration has this `integration_id`', { id, requestId })
  })
  unwrap(checkUsable(integration, 'name'), integration.name)

  return lookup.withIntegration(call, integration.name, async (found) => {
    if (found.id !== integration.id)
      throw new IntegrationNotFoundError('the integration was renamed during the call', { id })
    return send({ body, integrationName: integration.name.trim() })
  })
}
