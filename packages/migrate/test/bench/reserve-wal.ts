import { connect } from '../../src/index.ts'

const FILES = 190

/**
 * Creates the files of WAL that a server in use has already: after a checkpoint it reuses them, up to `min_wal_size`. A new
 * server creates each file of 16 MB while every commit waits, which is no effect of the migration.
 */
export async function reserveWal(url: string): Promise<void> {
  const connection = await connect(url)
  for (let file = 0; file < FILES; file += 1) {
    // PostgreSQL does not leave a file that is empty.
    await connection.query("SELECT pg_logical_emit_message(false, 'bench', '')")
    await connection.query('SELECT pg_switch_wal()')
  }
  await connection.query('CHECKPOINT')
  await connection.close()
}
