import type { TestProject } from 'vitest/node'
import { VERSIONS } from './binaries.ts'
import { startServer } from './server.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The servers of this run by the name of their project. Undefined in `npm test`, which has none. */
    postgresqlServers?: Readonly<Record<string, string>>
    /** The server that this project runs on. */
    postgresql?: string
  }
}

/** Starts a server of each version, or uses the one of `DATABASE_URL`. */
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
