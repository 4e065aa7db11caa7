import type { TestProject } from 'vitest/node'
import { VERSIONS } from './binaries.ts'
import { startServer } from './server.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The URLs of the servers by version; `given` is the server of `DATABASE_URL`. Undefined in `npm test`. */
    postgresqlServers?: Readonly<Record<string, string>>
    /** The key of the server that this project runs on. */
    postgresql?: string
  }
}

/** Starts a server of each version, or uses the server of `DATABASE_URL`. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env['DATABASE_URL']
  if (given !== undefined) {
    project.provide('postgresqlServers', { given })
    return async () => {}
  }
  const servers = await Promise.all(VERSIONS.map(async (version) => [version, await startServer(version)] as const))
  project.provide('postgresqlServers', Object.fromEntries(servers.map(([version, { url }]) => [version, url])))
  return async () => {
    await Promise.all(servers.map(([, server]) => server.stop()))
  }
}
