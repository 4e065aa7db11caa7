import { CATEGORY_OF } from '../../src/catalog/mapping.ts'
import type { LedgerRow, Mode } from './messages.ts'

interface Write {
  readonly text: string
  readonly values: readonly unknown[]
  /** The row once the write is acknowledged. */
  readonly after: LedgerRow
}

const PLATFORMS = Object.keys(CATEGORY_OF) as (keyof typeof CATEGORY_OF)[]

/** A random write: every fifth inserts a row, every fifth counts a request, the others change the platform or switch the row. */
export function randomWrite(mode: Mode, row: LedgerRow | undefined, writer: string): Write {
  const kind = Math.floor(Math.random() * 5)
  const platform = PLATFORMS[Math.floor(Math.random() * PLATFORMS.length)] ?? 'jira'
  if (row === undefined || kind === 0) return insert(mode, platform, writer)

  switch (kind) {
    case 1:
      return {
        text: 'UPDATE public.integrations SET total_requests = total_requests + 1 WHERE id = $1',
        values: [row.id],
        after: row,
      }
    case 2:
      return switchRow(mode, row)
    default:
      return {
        text: `UPDATE public.integrations SET ${mode === 'old' ? 'integration_type' : 'platform_name'} = $2, updated_at = now() WHERE id = $1`,
        values: [row.id, platform],
        after: { ...row, platform },
      }
  }
}

// The old application leaves the status as it is; the current one writes both.
function switchRow(mode: Mode, row: LedgerRow): Write {
  const enabled = !row.enabled
  const [columns, values] =
    mode === 'old'
      ? ['is_enabled = $2', [enabled]]
      : ['enabled = $2, status = $3', [enabled, enabled ? 'active' : 'inactive']]
  return {
    text: `UPDATE public.integrations SET ${columns}, updated_at = now() WHERE id = $1`,
    values: [row.id, ...values],
    after: { ...row, enabled },
  }
}

function insert(mode: Mode, platform: keyof typeof CATEGORY_OF, writer: string): Write {
  const id = crypto.randomUUID()
  const [columns, values] =
    mode === 'old'
      ? ['integration_type, is_enabled', [platform, true]]
      : ['platform_name, enabled, integration_category', [platform, true, CATEGORY_OF[platform]]]
  const places = values.map((_, index) => `$${index + 3}`).join(', ')
  return {
    text: `INSERT INTO public.integrations (id, description, name, status, auth_type, total_requests, default_priority, sync_enabled, environment, created_at, updated_at, is_deleted, ${columns})
      VALUES ($1, $2, 'Jira', 'active', 'api_key', 0, 0, true, 'production', now(), now(), false, ${places})`,
    values: [id, writer, ...values],
    after: { id, platform, enabled: true },
  }
}
