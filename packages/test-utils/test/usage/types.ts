import type { Client } from '@ai-ticket-creator/sdk'

/** Sends a request to an API. */
export type Send = (method: string, path: string, body?: unknown) => Promise<Response>

export type IntegrationsApi = Pick<Client<{ legacyFields: true }>['integrations'], 'retrieve'>
