import { readSize } from '../../../../vitest.sizes.ts'

/** The parts to measure, separated by commas. */
export const PARTS = process.env['PARTS']?.split(',')
export const ORGANIZATIONS = readSize('ORGANIZATIONS', 1000)
export const INTEGRATIONS = readSize('INTEGRATIONS', 1_000_000)
/** How often each statement runs in a round. */
export const CALLS = readSize('CALLS', 400)
/** How many requests each process answers in a round. */
export const REQUESTS = readSize('REQUESTS', 3000)
export const STARTS = readSize('STARTS', 9)
export const ROUNDS = readSize('ROUNDS', 5)
/** A file that keeps the figures of the parts that are not measured in this run. */
export const RESULTS = process.env['RESULTS']

// The cache holds the table, as on a server of this size, and commits are written through.
export const SERVER_SETTINGS = ['shared_buffers=1GB', 'fsync=on', 'max_wal_size=4GB']
