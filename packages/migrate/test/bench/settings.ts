// Sizes of `npm run bench:migration`. Small values make a run of seconds: ROWS=20000 TICKETS=20000 IDLE_SECONDS=2

import { readSize } from '../../../../vitest.sizes.ts'

/** Integrations of the first part. */
export const ROWS = readSize('ROWS', 1_000_000)
export const TICKETS = readSize('TICKETS', 1_000_000)
/** Integrations that the tickets refer to, in 100 organizations. */
export const TICKET_INTEGRATIONS = readSize('TICKET_INTEGRATIONS', 10_000)
/** Writes per second. */
export const WRITES = readSize('WRITES', 200)
/** How long the traffic is measured before the migration. */
export const IDLE_SECONDS = readSize('IDLE_SECONDS', 10)
export const RUNS = readSize('RUNS', 1)
/** The parts to run, separated by commas; without it all of them. */
export const PARTS = process.env['PARTS']?.split(',')
/** A file that collects the figures of several runs, if a long measurement has to be split. */
export const RESULTS = process.env['RESULTS']

/** What a server in use has, where the default of PostgreSQL is for a small machine. Lock waits of 10 ms and more are logged. */
export const SERVER_SETTINGS: readonly string[] = [
  'fsync=on',
  'shared_buffers=512MB',
  'max_wal_size=4GB',
  'min_wal_size=3GB',
  'log_lock_waits=on',
  'deadlock_timeout=10ms',
]
