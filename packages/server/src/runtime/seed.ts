import {
  type CreateTicket,
  categoryOf,
  PLATFORMS,
  type Platform,
  TICKET_CATEGORIES,
  TICKET_PRIORITIES,
} from '@ai-ticket-creator/domain'
import { type App, BASE_PATH } from '@ai-ticket-creator/reference-api'
import { createToken, revokeToken, type TokenOwner } from '../access/tokens.ts'
import type { SqlConnection } from '../database/database.ts'

/** What `seed` created. */
export interface Seeded {
  readonly integrations: number
  readonly tickets: number
}

/** Creates an integration of each platform, and tickets, by calls to the API. Their token is revoked at the end. */
export async function seed(
  db: SqlConnection,
  app: App,
  { tickets, ...owner }: Omit<TokenOwner, 'name'> & { readonly tickets: number },
  onProgress: (tickets: number) => void,
): Promise<Seeded> {
  const { id, token } = await createToken(db, { ...owner, name: 'seed' })
  try {
    for (const platform of PLATFORMS) await post(app, token, '/integrations/', exampleIntegration(platform))
    for (let n = 1; n <= tickets; n++) {
      await post(app, token, '/tickets/', exampleTicket(n))
      onProgress(n)
    }
    return { integrations: PLATFORMS.length, tickets }
  } finally {
    await revokeToken(db, id)
  }
}

const exampleIntegration = (platform: Platform) => ({
  name: `Example of ${platform}`,
  platform_name: platform,
  integration_category: categoryOf(platform),
})

const exampleTicket = (n: number): CreateTicket => ({
  title: `Example ticket ${n}`,
  description: 'Created by the command `seed`.',
  priority: TICKET_PRIORITIES[n % TICKET_PRIORITIES.length],
  category: TICKET_CATEGORIES[n % TICKET_CATEGORIES.length],
})

async function post(app: App, token: string, path: string, body: object): Promise<void> {
  const request = new Request(`http://localhost${BASE_PATH}${path}`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  })
  const reply = await app.fetch(request)
  if (!reply.ok) throw new Error(`POST ${path} was answered with ${reply.status}: ${await reply.text()}`)
}
