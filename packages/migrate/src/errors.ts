/** The migration refuses to go on; the message states the reason and the way out. Nothing of the refused step is left. */
export class MigrationRefusedError extends Error {
  override readonly name = 'MigrationRefusedError'
}

/** The migration could not run: no connection, a lock that others hold, or an error of the database. */
export class MigrationFailedError extends Error {
  override readonly name = 'MigrationFailedError'
}
