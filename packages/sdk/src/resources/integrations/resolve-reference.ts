import { checkUsable } from '@ai-ticket-creator/domain/internal'
import type { CallContext } from '../../core/context.ts'
import { isApiError } from '../../errors/guards.ts'
import { IntegrationNotFoundError } from '../../errors/integration-errors.ts'
import { resolveWriteGeneration } from '../../negotiation/choose-generation.ts'
import type { RequestInput } from '../../negotiation/encode-request.ts'
import { request } from '../../request.ts'
import type { ParsedInput } from '../parse-input.ts'
import type { Integration } from '../types.ts'
import { type Lookup, unwrap } from './name-lookup.ts'

/** A body in the current form, and the name of its integration where the backend needs one. */
export type ResolvedBody = Required<Pick<RequestInput, 'body'>> & Pick<RequestInput, 'integrationName' | 'ownName'>

/**
 * Sends a body that may name an integration, by its id or by an old name. Names are looked up; and on a legacy backend,
 * which knows nothing else, the name of an id has to be its own.
 */
export async function withResolvedIntegration<T>(
  call: CallContext,
  lookup: Lookup,
  read: (known: { integrationId?: string }) => ParsedInput,
  send: (named: ResolvedBody) => Promise<T>,
): Promise<T> {
  const { body, name } = read({})
  const id = body['integration_id']

  if (name !== undefined)
    return lookup.withIntegration(call, name, (found) =>
      // Read again: an id that was given as well has to agree.
      send({ body: read({ integrationId: found.id }).body, integrationName: name, ownName: found.name }),
    )
  if (typeof id === 'string' && (await resolveWriteGeneration(call, id)) === 'legacy')
    return sendByName(call, lookup, body, id, send)
  return send({ body })
}

async function sendByName<T>(
  call: CallContext,
  lookup: Lookup,
  body: ResolvedBody['body'],
  id: string,
  send: (named: ResolvedBody) => Promise<T>,
): Promise<T> {
  const integration = await retrieveIntegration(call, id)
  unwrap(checkUsable(integration, 'name'), integration.name)

  return lookup.withIntegration(call, integration.name, async (found) => {
    if (found.id !== integration.id) throw new IntegrationNotFoundError('the integration was renamed meanwhile', { id })
    return send({ body, integrationName: integration.name.trim() })
  })
}

async function retrieveIntegration(call: CallContext, id: string): Promise<Integration> {
  try {
    return (await request<Integration>(call, 'integrations.retrieve', { params: { integration_id: id } })).data
  } catch (error) {
    if (!isApiError(error) || error.status !== 404) throw error
    const { requestId } = error
    throw new IntegrationNotFoundError('no integration has this `integration_id`', { id, requestId })
  }
}
