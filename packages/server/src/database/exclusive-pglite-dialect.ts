import { type DatabaseConnection, PGliteDialect, type PGliteDialectConfig, PGliteDriver } from 'kysely'

/**
 * PGlite has one session. The driver of Kysely lends it to several callers at once, so a statement could become part of
 * the transaction of another caller and be rolled back with it. Here each caller has the session alone.
 */
export class ExclusivePGliteDialect extends PGliteDialect {
  readonly #config: PGliteDialectConfig

  constructor(config: PGliteDialectConfig) {
    super(config)
    this.#config = config
  }

  override createDriver(): PGliteDriver {
    return new ExclusiveDriver(this.#config)
  }
}

class ExclusiveDriver extends PGliteDriver {
  #last: Promise<void> = Promise.resolve()
  #release: () => void = () => {}

  override async acquireConnection(): Promise<DatabaseConnection> {
    const before = this.#last
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#last = promise
    await before
    this.#release = resolve
    return super.acquireConnection()
  }

  override async releaseConnection(): Promise<void> {
    this.#release()
  }
}
