import { isNotInactive } from '../catalog/expressions.ts'
import { type Facts, integrationsOf, ORIGINAL } from '../catalog/facts.ts'
import { literal } from '../catalog/sql.ts'
import { STATE_SCHEMA } from '../catalog/state-schema.ts'
import { type Check, countOf, ddl, type Step } from './step.ts'
import { createSync, initialMode } from './sync-function.ts'

const KEPT = `${STATE_SCHEMA}.old_status`
// Scripts of the existing backend set is_enabled = true on every row, also where the status is inactive. If the columns
// disagree, the integration is disabled, so that none becomes usable.
const disagrees = (facts: Facts, row = ''): string => `${row}enabled <> ${isNotInactive(facts, row)}`

export const reconcile: Step = {
  id: 'reconcile',
  summary: 'Make status and enabled agree: an integration that either of them disables becomes inactive and disabled.',
  lock: 'SHARE ROW EXCLUSIVE on integrations for milliseconds, then row locks for one batch',

  forward: (facts) => {
    const table = integrationsOf(facts)
    const isEnabled = facts.isEnabled === null ? '' : ', is_enabled = false'
    return [
      ddl(
        `CREATE TABLE IF NOT EXISTS ${KEPT} (id uuid PRIMARY KEY, status ${facts.statusEnum} NOT NULL, enabled boolean NOT NULL)`,
        ...createSync(facts, ORIGINAL, 'status'),
      ),
      {
        kind: 'batches',
        table,
        before: `found AS MATERIALIZED (SELECT target.id, target.status, target.enabled FROM ${table} AS target WHERE :range(target.ctid) AND ${disagrees(facts, 'target.')} FOR UPDATE), kept AS (INSERT INTO ${KEPT} SELECT id, status, enabled FROM found ON CONFLICT (id) DO UPDATE SET status = excluded.status, enabled = excluded.enabled)`,
        statement: `UPDATE ${table} AS target SET enabled = false${isEnabled}, status = ${literal(facts.inactive)} FROM found WHERE target.id = found.id`,
        remaining: countOf(`${table} WHERE ${disagrees(facts)}`),
        // Fewer rows change than in a backfill, but often neighbours.
        passes: 8,
      },
    ]
  },

  // A row that a client has written since the step keeps what the client wrote.
  backward: (facts) => {
    const isEnabled = facts.isEnabled === null ? '' : ', is_enabled = restored.enabled'
    const table = integrationsOf(facts)
    return [
      ddl(...createSync(facts, ORIGINAL, initialMode(facts))),
      {
        kind: 'batches',
        table: KEPT,
        before: `restored AS (DELETE FROM ${KEPT} WHERE :range(ctid) RETURNING id, status, enabled)`,
        statement: `UPDATE ${table} AS target SET status = restored.status, enabled = restored.enabled${isEnabled} FROM restored WHERE target.id = restored.id AND NOT target.enabled AND target.status::text = ${literal(facts.inactive)}`,
        remaining: countOf(KEPT),
        unless: `SELECT to_regclass(${literal(KEPT)}) IS NULL`,
      },
      ddl(`DROP TABLE IF EXISTS ${KEPT}`),
    ]
  },

  checks: (facts) => statusAgreement(facts),
}

/** Checks that `status` and `enabled` agree in every row. */
export const statusAgreement = (facts: Facts): readonly Check[] => [
  {
    count: countOf(`${integrationsOf(facts)} WHERE ${disagrees(facts)}`),
    problem: (count) => `${count} integrations are inactive and enabled, or disabled with another status`,
  },
]
