// Sizes of `npm run bench:migration`. Small values make a run of seconds: ROWS=20000 TICKETS=20000 IDLE_SECONDS=2

const numberOf = (name: string, fallback: number): number => Number(process.env[name] ?? fallback)

/** Integrations of the first part. */
export const ROWS = numberOf('ROWS', 1_000_000)
export const TICKETS = numberOf('TICKETS', 1_000_000)
/** Integrations that the tickets refer to, in 100 organizations. */
export const TICKET_INTEGRATIONS = numberOf('TICKET_INTEGRATIONS', 10_000)
/** Writes per second. */
export const WRITES = numberOf('WRITES', 200)
/** How long the traffic is measured before the migration. */
export const IDLE_SECONDS = numberOf('IDLE_SECONDS', 10)
export const RUNS = numberOf('RUNS', 1)
/** The parts to run, separated by commas; without it all of them. */
export const PARTS = process.env['PARTS']?.split(',')
/** A file that collects the figures of several runs, if a long measurement has to be split. */
export const RESULTS = process.env['RESULTS']

/** What a server in use has, where the default of PostgreSQL is for a small machine. Lock waits of 10 ms and more are logged. */
export const SERVER_SETTINGS: readonly string[] = [
  'fsync=on',
  'shared_buffers=512MB',
  'max_wal_size=4GB',
  'log_lock_waits=on',
  'deadlock_timeout=10ms',
]
