export { createDatabase } from './database.ts'
export { type Pooler, startPooler } from './pooler.ts'
