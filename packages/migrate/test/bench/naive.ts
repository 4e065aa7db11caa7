import { setTimeout as sleep } from 'node:timers/promises'
import { CATEGORY_OF } from '../../src/catalog/mapping.ts'
import { connect } from '../../src/index.ts'
import { WRITES } from './settings.ts'
import { type Latency, latencyOf, secondsOf } from './statistics.ts'
import { startTraffic } from './traffic.ts'

export interface NaiveFigures {
  readonly seconds: number
  readonly latency: Latency
  /** Writes of old clients that failed because their columns were gone. */
  readonly errors: number
}

const CATEGORIES = `CASE integration_type::text ${Object.entries(CATEGORY_OF)
  .map(([platform, category]) => `WHEN '${platform}' THEN '${category}'`)
  .join(' ')} END`

/** What a migration in one transaction does, with the result of ours, for comparison. */
const STATEMENTS = [
  'BEGIN',
  `CREATE TYPE public.integrationcategory AS ENUM (${[...new Set(Object.values(CATEGORY_OF))].map((category) => `'${category}'`).join(', ')})`,
  'ALTER TABLE public.integrations ADD COLUMN integration_category public.integrationcategory, ADD COLUMN platform_name varchar(50), ADD COLUMN enabled boolean',
  `UPDATE public.integrations SET platform_name = lower(integration_type::text), integration_category = (${CATEGORIES})::public.integrationcategory,
    enabled = is_enabled AND status <> 'inactive', status = CASE WHEN is_enabled THEN status ELSE 'inactive' END`,
  'ALTER TABLE public.integrations ALTER COLUMN integration_category SET NOT NULL, ALTER COLUMN platform_name SET NOT NULL, ALTER COLUMN enabled SET NOT NULL',
  ...['integration_category', 'platform_name', 'enabled'].map(
    (column) => `CREATE INDEX ix_integrations_${column} ON public.integrations (${column})`,
  ),
  'ALTER TABLE public.integrations DROP COLUMN integration_type, DROP COLUMN is_enabled',
  'COMMIT',
]

export async function measureNaive(url: string): Promise<NaiveFigures> {
  const connection = await connect(url)
  const traffic = await startTraffic(url, WRITES)
  await sleep(1000)
  await traffic.window()
  const seconds = await secondsOf(async () => {
    for (const statement of STATEMENTS) await connection.query(statement)
  })
  await traffic.pause()
  const { latencies, errors } = await traffic.window()
  await traffic.stop()
  await connection.close()
  return { seconds, latency: latencyOf(latencies), errors: errors.length }
}
