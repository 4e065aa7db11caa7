import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createToken, openPglite, schemaUp, serve, writeGeneration } from '@ai-ticket-creator/server'

type Generation = 'legacy' | 'transitional' | 'current'

/** A server whose data is removed when it stops, or when the program is interrupted. */
export interface TemporaryServer {
  readonly baseUrl: string
  readonly token: string
  readonly switchGeneration: (generation: Generation) => Promise<void>
  readonly stop: () => Promise<void>
}

/** Starts the server on PGlite in a temporary folder, on a free port. Platforms accept every ticket. */
export async function startTemporaryServer(generation: Generation): Promise<TemporaryServer> {
  const folder = createTemporaryFolder()
  const DATA_FOLDER = join(folder, 'data')
  const database = await openPglite(DATA_FOLDER)
  await schemaUp(database.sql)
  const owner = { organization: 'Acme', email: 'agent@acme.test', name: 'quickstart' }
  const { token } = await createToken(database.sql, owner)
  await writeGeneration(database.sql, generation)
  const { url: baseUrl, stop } = await serve(database, {
    DATA_FOLDER,
    PORT: '0',
    PLATFORMS: 'simulated',
    SHUTDOWN_DELAY: '0',
  })

  return {
    baseUrl,
    token,
    async switchGeneration(next) {
      await writeGeneration(database.sql, next)
      // The server follows within 5 s.
      while ((await servedGeneration(baseUrl)) !== next) await sleep(50)
    },
    async stop() {
      await stop()
      await database.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function createTemporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ai-ticket-creator-'))
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => {
      rmSync(folder, { recursive: true, force: true })
      process.exit(1)
    })
  return folder
}

const servedGeneration = async (baseUrl: string): Promise<string | null> =>
  (await fetch(`${baseUrl}/api/v1/`)).headers.get('API-Generation')
