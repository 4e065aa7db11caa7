import { sql } from 'kysely'
import type { Database, SqlConnection } from '../database/database.ts'
import { describeReason } from '../database/describe-reason.ts'
import { onlyRow } from '../database/only-row.ts'
import { readGeneration } from '../operations/generation.ts'
import { countSecrets } from '../operations/rotate-keys.ts'
import { schemaStatus } from '../schema/schema.ts'
import { LIST_INDEXES } from '../schema/steps/002-own-columns.ts'
import type { SecretForm } from '../secrets/stored-secrets.ts'
import type { Settings } from '../settings/settings.ts'
import { openExistingSecrets } from './open-secrets.ts'

/** The result of one check. */
export interface Finding {
  readonly check: string
  readonly ok: boolean
  readonly message: string
  /** What to do, if there is a problem. */
  readonly fix?: string
}

type Check = (db: SqlConnection, settings: Settings, now: Date) => Promise<Omit<Finding, 'check'>>

/** Checks what a server needs, and changes nothing. If `version` or `schema` fails, the checks that read tables are left out. */
export async function diagnose(database: Database, settings: Settings, now: Date): Promise<readonly Finding[]> {
  const findings: Finding[] = []
  for (const [check, run] of Object.entries(checks)) {
    findings.push({ check, ...(await run(database.sql, settings, now)) })
    if (check === 'schema' && findings.some(({ ok }) => !ok)) break
  }
  return findings
}

const checks: Readonly<Record<string, Check>> = {
  version: async (db) => {
    const { rows } = await sql<{ readonly version: number }>`
      select current_setting('server_version_num')::int / 10000 as version`.execute(db)
    const { version } = onlyRow(rows)
    return version >= MIN_VERSION
      ? passed(`PostgreSQL ${version}`)
      : problem(`PostgreSQL ${version} is too old`, `upgrade to PostgreSQL ${MIN_VERSION} or later`)
  },

  schema: async (db) => {
    const missing = (await schemaStatus(db)).filter(({ appliedAt }) => appliedAt === undefined)
    return missing.length === 0
      ? passed('every step is applied')
      : problem(`missing steps: ${missing.map(({ name }) => name).join(', ')}`, 'run `schema up`, or `start`')
  },

  indexes: async (db) => {
    const { rows } = await sql<{ readonly name: string }>`
      select name from unnest(array[${sql.join(Object.keys(LIST_INDEXES))}]::text[]) as name
      where not exists (select from pg_index where indexrelid = to_regclass(name) and indisvalid) order by name`.execute(
      db,
    )
    // An index whose creation was interrupted is invalid, and its name is taken.
    const fixes = rows.map(
      ({ name }) =>
        `drop index concurrently if exists ${name}; create index concurrently ${name} on ${LIST_INDEXES[name]}`,
    )
    return rows.length === 0
      ? passed('the indexes of the lists are valid')
      : problem(
          `missing or invalid indexes, so lists are slow: ${rows.map(({ name }) => name).join(', ')}`,
          `run in the database, one statement at a time: ${fixes.join('; ').replaceAll(/\s+/g, ' ')}`,
        )
  },

  clock: async (db, _settings, now) => {
    const { rows } = await sql<{ readonly milliseconds: number }>`
      select (extract(epoch from now()) * 1000)::float8 as milliseconds`.execute(db)
    const seconds = Math.round(Math.abs(onlyRow(rows).milliseconds - now.getTime()) / 1000)
    return seconds <= MAX_CLOCK_DIFFERENCE
      ? passed('the clock of the database is right')
      : problem(`the clocks of this machine and the database differ by ${seconds} s`, 'synchronize both with NTP')
  },

  keys: async (db, settings) => {
    try {
      const secrets = await openExistingSecrets(db, settings)
      const { total, old, unreadable } = await countSecrets(db, secrets)
      if (unreadable.length > 0)
        return problem(
          `${unreadable.length} of ${total} secrets cannot be read; the first: ${String(unreadable[0])}`,
          'add the missing key to SECRET_KEYS or EXISTING_SECRETS, or send the credentials of these integrations again',
        )
      return old === 0
        ? passed(`${total} secrets, all ${DESCRIPTIONS[secrets.form]}`)
        : problem(`${old} of ${total} secrets are encrypted with an older key, or in another form`, FIXES[secrets.form])
    } catch (error) {
      return problem(describeReason(error), 'set the keys that the server was started with')
    }
  },

  tokens: async (db) => {
    const { rows } = await sql<{ readonly valid: number }>`
      select count(*)::int as valid from server_tokens where revoked_at is null`.execute(db)
    const { valid } = onlyRow(rows)
    return valid > 0 ? passed(`${valid} valid tokens`) : problem('nobody has a token', 'run `token create`')
  },

  generation: async (db, { SUNSET }, now) => {
    const generation = await readGeneration(db)
    return generation === 'current' || SUNSET === undefined || SUNSET > now
      ? passed(generation)
      : problem(
          `the generation is ${generation}, but SUNSET announced its end`,
          'run `generation set current`, or set a later day',
        )
  },
}

const DESCRIPTIONS: Readonly<Record<SecretForm, string>> = {
  aes: 'encrypted with the first key',
  fernet: 'Fernet tokens of the first key of EXISTING_SECRETS',
  plain: 'plain JSON',
}

const FIXES: Readonly<Record<SecretForm, string>> = {
  aes: 'run `rotate-keys`',
  fernet: 'run `rotate-keys --to fernet`',
  plain: 'run `rotate-keys --to plain`',
}

const MIN_VERSION = 15
const MAX_CLOCK_DIFFERENCE = 5

const passed = (message: string) => ({ ok: true, message })
const problem = (message: string, fix: string) => ({ ok: false, message, fix })
