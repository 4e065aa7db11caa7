import { ifUsable } from '@ai-ticket-creator/domain'
import type { Call } from '../../core/run-call.ts'
import { IntegrationNotFoundError, isApiError } from '../../errors/base.ts'
import { wordsToWrite } from '../../negotiation/choose-generation.ts'
import { type Given, request } from '../../request.ts'
import type { ReadInput } from '../parse-input.ts'
import type { Integration } from '../types.ts'
import { type Lookup, orThrow } from './name-lookup.ts'

/** A body in the current form, and the name of its integration where the backend needs one. */
export type Named = Required<Pick<Given, 'body'>> & Pick<Given, 'integrationName' | 'ownName'>

/**
 * Sends a body that may name an integration, by its id or by an old name. Names are looked up; and on a legacy backend,
 * which knows nothing else, the name of an id has to be its own.
 */
export async function sendNaming<T>(
  call: Call,
  lookup: Lookup,
  read: (known: { integrationId?: string }) => ReadInput,
  send: (named: Named) => Promise<T>,
): Promise<T> {
  const { body, name } = read({})
  const id = body['integration_id']

  if (name !== undefined)
    return lookup.use(call, name, (found) =>
      // Read again: an id that was given as well has to agree.
      send({ body: read({ integrationId: found.id }).body, integrationName: name, ownName: found.name }),
    )
  if (typeof id === 'string' && (await wordsToWrite(call, id)) === 'legacy')
    return sendByName(call, lookup, body, id, send)
  return send({ body })
}

async function sendByName<T>(
  call: Call,
  lookup: Lookup,
  body: Named['body'],
  id: string,
  send: (named: Named) => Promise<T>,
): Promise<T> {
  const integration = await retrieveIntegration(call, id)
  orThrow(ifUsable(integration, 'name'), integration.name)

  return lookup.use(call, integration.name, async (found) => {
    if (found.id !== integration.id) throw new IntegrationNotFoundError('the integration was renamed meanwhile', { id })
    return send({ body, integrationName: integration.name.trim() })
  })
}

async function retrieveIntegration(call: Call, id: string): Promise<Integration> {
  try {
    return (await request<Integration>(call, 'integrations.retrieve', { params: { integration_id: id } })).data
  } catch (error) {
    if (!isApiError(error) || error.status !== 404) throw error
    const { requestId } = error
    throw new IntegrationNotFoundError('no integration has this `integration_id`', { id, requestId })
  }
}
