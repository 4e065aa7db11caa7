import { createClient } from '@ai-ticket-creator/sdk'
import { anIntegrationInput, createTestApi, errorResponse } from '@ai-ticket-creator/test-utils'
import { startTestApi } from '@ai-ticket-creator/test-utils/node'

const api = createTestApi({ generation: 'transitional' })
export const client = createClient({ baseUrl: api.baseUrl, token: api.token, generation: 'current', fetch: api.fetch })
export const token: string = anIntegrationInput('jira').credentials.api_token
export const { close } = startTestApi()
// @ts-expect-error no such endpoint
api.faults.add({ endpoint: 'tickets.lost', fault: errorResponse(500) })
