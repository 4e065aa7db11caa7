export { createDatabase, currentServer } from './database.ts'
export { type Pooler, startPooler } from './pooler.ts'
export { freePort } from './process.ts'
export { type PostgresqlServer, startServer } from './server.ts'
