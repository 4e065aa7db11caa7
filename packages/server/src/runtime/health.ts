import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Database } from '../database/database.ts'

/** In milliseconds: longer than a healthy database needs, shorter than a load balancer waits. */
const TIMEOUT = 2000

/** Answers `GET /health`: 200 when the database answers, 503 when it does not or the server is stopping. */
export async function answerHealth({ sql: db, kind }: Database, isDraining: boolean): Promise<Response> {
  if (isDraining) return reply(503, { status: 'stopping' })
  const isUp = await Promise.race([
    sql`select 1`.execute(db).then(
      () => true,
      () => false,
    ),
    sleep(TIMEOUT, false, { ref: false }),
  ])
  return isUp ? reply(200, { status: 'ok', database: kind }) : reply(503, { status: 'unavailable', database: kind })
}

const reply = (status: number, body: object): Response =>
  Response.json(body, { status, headers: { 'Cache-Control': 'no-store' } })
