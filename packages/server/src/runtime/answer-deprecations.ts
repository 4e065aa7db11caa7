import type { Database } from '../database/database.ts'
import { DEFAULT_DAYS, parseDays, readDeprecationReport } from '../operations/deprecation-report.ts'
import type { Settings } from '../settings/settings.ts'

/** Answers `GET /admin/deprecations` with the report as JSON. */
export async function answerDeprecations(
  { sql }: Database,
  { SUNSET: sunset }: Settings,
  daysText: string | undefined,
): Promise<Response> {
  const days = daysText === undefined ? DEFAULT_DAYS : parseDays(daysText)
  if (days === undefined)
    return Response.json(
      { detail: '`days` must be a whole number from 1 to 3650', code: 'validation_failed' },
      { status: 422 },
    )
  return Response.json(await readDeprecationReport(sql, { days, now: new Date(), sunset }))
}
