import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'
import { NothingSkipped } from '../../vitest.reporter.ts'
import { VERSIONS } from './src/binaries.ts'

const given = process.env['DATABASE_URL'] !== undefined
const servers = given ? ['given'] : VERSIONS

/** The suites that run on every server. Those of `test/` run on PGlite in `npm test`. */
const suites = {
  migrate: ['test/*.test.ts', 'test/postgresql/*.postgres.ts'],
  server: ['test/{sql-store,stored-times,database}.test.ts', 'test/postgresql/*.postgres.ts'],
}

const hangGuard = { testTimeout: 600_000, hookTimeout: 600_000 }

const project = (name: string, root: string, include: string[], postgresql = '') => ({
  extends: true as const,
  // The servers are started once, not by each project.
  test: { name, root, include, globalSetup: [], provide: { postgresql }, ...hangGuard },
})

export default defineConfig({
  ssr: { resolve: { conditions: ['@ai-ticket-creator/source', 'module', 'node', 'development|production'] } },
  test: {
    globalSetup: resolve(import.meta.dirname, 'src/global-setup.ts'),
    projects: [
      ...(given ? [] : [project('servers', import.meta.dirname, ['test/*.postgres.ts'])]),
      {
        extends: true as const,
        test: {
          name: 'server on PGlite',
          root: resolve(import.meta.dirname, '../server'),
          include: ['test/*.pglite.ts', 'test/postgresql/{idempotency,random-requests}.postgres.ts'],
          globalSetup: [],
          env: { KILLS: process.env['KILLS'] ?? '3' },
          ...hangGuard,
        },
      },
      // On one version: what the processes do with PgBouncer does not depend on the version.
      ...servers
        .slice(-1)
        .map((server) =>
          project(
            `conformance on PostgreSQL ${server}`,
            resolve(import.meta.dirname, '../conformance'),
            ['test/postgresql/*.postgres.ts'],
            server,
          ),
        ),
      ...servers.flatMap((server) =>
        Object.entries(suites).map(([name, include]) =>
          project(`${name} on PostgreSQL ${server}`, resolve(import.meta.dirname, '..', name), include, server),
        ),
      ),
    ],
    reporters: ['default', new NothingSkipped()],
    allowOnly: false,
    maxWorkers: '100%',
  },
})
