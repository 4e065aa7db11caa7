import { LEGACY_INTEGRATION_TYPES } from '@ai-ticket-creator/domain'

/** Statements that give `integrations` the columns and indexes that it has in the existing backend before the migration. */
export const restoreExistingColumns: readonly string[] = [
  `CREATE TYPE integrationtype AS ENUM (${LEGACY_INTEGRATION_TYPES.map((type) => `'${type}'`).join(', ')})`,
  `ALTER TABLE integrations DROP COLUMN integration_category, DROP COLUMN platform_name, DROP COLUMN enabled,
    ADD COLUMN integration_type integrationtype NOT NULL, ADD COLUMN is_enabled boolean NOT NULL DEFAULT true`,
  'CREATE INDEX ix_integrations_integration_type ON integrations (integration_type)',
  'CREATE INDEX ix_integrations_is_enabled ON integrations (is_enabled)',
]
