export type { Version } from './binaries.ts'
export { createDatabase, currentServer, currentVersion } from './database.ts'
export { type Pooler, startPooler } from './pooler.ts'
export { type PostgresqlServer, startServer } from './server.ts'
