import { categoryOfPlatform, isNotInactive, platformOfType, typeOfPlatform } from '../catalog/expressions.ts'
import { type Facts, integrationsOf, type OldNames } from '../catalog/facts.ts'
import { identifier, literal } from '../catalog/sql.ts'

/** `pair`: `enabled` and `is_enabled` follow each other. `status`: they also follow the status, and the status follows them. */
export type SyncMode = 'pair' | 'status'

const INSERT_TRIGGER = 'ai_ticket_creator_sync_insert'
const UPDATE_TRIGGER = 'ai_ticket_creator_sync_update'

/** Set by the backfill within its transactions: the triggers skip the rows that it writes. */
export const BACKFILL_SETTING = 'ai_ticket_creator.backfill'

const functionOf = ({ schema }: Facts): string => `${identifier(schema)}.ai_ticket_creator_sync()`

/** Without `is_enabled`, the status is the only old column that shows whether an integration is enabled. */
export const initialMode = ({ isEnabled }: Facts): SyncMode => (isEnabled === null ? 'status' : 'pair')

/** Statements that create the function and its triggers, or replace them. */
export function createSync(facts: Facts, old: OldNames, mode: SyncMode): readonly string[] {
  const table = integrationsOf(facts)
  const watched = [
    old.type,
    'platform_name',
    'integration_category',
    'enabled',
    ...(facts.isEnabled === null ? [] : [old.isEnabled]),
    ...(mode === 'status' ? ['status'] : []),
  ]
  const notBackfill = `current_setting('${BACKFILL_SETTING}', true) IS DISTINCT FROM 'on'`
  const changed = `(${watched.map((column) => `OLD.${column}`).join(', ')}) IS DISTINCT FROM (${watched.map((column) => `NEW.${column}`).join(', ')})`
  return [
    createFunction(facts, old, mode),
    `CREATE OR REPLACE TRIGGER ${INSERT_TRIGGER} BEFORE INSERT ON ${table} FOR EACH ROW WHEN (${notBackfill}) EXECUTE FUNCTION ${functionOf(facts)}`,
    `CREATE OR REPLACE TRIGGER ${UPDATE_TRIGGER} BEFORE UPDATE ON ${table} FOR EACH ROW WHEN (${notBackfill} AND ${changed}) EXECUTE FUNCTION ${functionOf(facts)}`,
  ]
}

export function dropSync(facts: Facts): readonly string[] {
  return [
    ...[INSERT_TRIGGER, UPDATE_TRIGGER].map(
      (trigger) => `DROP TRIGGER IF EXISTS ${trigger} ON ${integrationsOf(facts)}`,
    ),
    `DROP FUNCTION IF EXISTS ${functionOf(facts)}`,
  ]
}

/**
 * One function for both directions. The changed columns decide which side is followed, not the client that runs the statement.
 * OLD is null in an insert, and null in a column means that it is not filled yet.
 */
function createFunction(facts: Facts, old: OldNames, mode: SyncMode): string {
  const body = [
    platformRules(facts, old),
    enabledRules(facts, old),
    ...(mode === 'status' ? [statusRules(facts, old)] : []),
  ]
  const declarations = [
    written('type_written', old.type),
    written('platform_written', 'platform_name'),
    written('category_written', 'integration_category'),
    written('enabled_written', 'enabled'),
    ...(facts.isEnabled === null ? [] : [written('is_enabled_written', old.isEnabled)]),
    'status_written constant boolean := NEW.status IS DISTINCT FROM OLD.status;',
    `platform_of_type constant text := ${platformOfType(facts, `NEW.${old.type}`)};`,
    `type_of_platform constant ${facts.typeEnum} := ${typeOfPlatform(facts, 'NEW.platform_name')};`,
    `category ${categoryOfPlatform(facts, 'NULL').split('::').at(-1)};`,
  ]
  return `CREATE OR REPLACE FUNCTION ${functionOf(facts)} RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $sync$
DECLARE
  ${declarations.join('\n  ')}
BEGIN
${body.join('\n')}
  RETURN NEW;
END
$sync$`
}

const written = (name: string, column: string): string =>
  `${name} constant boolean := NEW.${column} IS NOT NULL AND NEW.${column} IS DISTINCT FROM OLD.${column};`

function platformRules(facts: Facts, old: OldNames): string {
  return `  IF platform_written AND type_of_platform IS NULL THEN
    ${raise('platform_name % has no integration_type, so old clients could not read this row', 'NEW.platform_name')}
  ELSIF type_written AND platform_of_type IS NULL THEN
    ${raise('integration_type % has no platform_name', `NEW.${old.type}`)}
  ELSIF type_written AND platform_written AND platform_of_type <> NEW.platform_name THEN
    ${raise('integration_type % and platform_name % disagree; write one of them', `NEW.${old.type}`, 'NEW.platform_name')}
  ELSIF platform_written THEN
    NEW.${old.type} := type_of_platform;
  ELSIF type_written OR NEW.platform_name IS NULL THEN
    NEW.platform_name := platform_of_type;
  ELSIF NEW.${old.type} IS NULL THEN
    NEW.${old.type} := type_of_platform;
  END IF;

  category := ${categoryOfPlatform(facts, 'NEW.platform_name')};
  IF category_written AND NEW.integration_category <> category THEN
    ${raise('integration_category % is not the category of %', 'NEW.integration_category', 'NEW.platform_name')}
  ELSIF category IS NOT NULL THEN
    NEW.integration_category := category;
  END IF;
`
}

function enabledRules(facts: Facts, old: OldNames): string {
  if (facts.isEnabled === null) return ''
  // A row with neither value gets the former default of is_enabled. If the column still had it, the default would look like a
  // written value.
  const neither =
    facts.isEnabled.default === null
      ? ''
      : `  NEW.enabled := coalesce(NEW.enabled, NEW.${old.isEnabled}, ${facts.isEnabled.default});\n`
  return `  IF enabled_written AND is_enabled_written AND NEW.enabled <> NEW.${old.isEnabled} THEN
    ${raise('is_enabled % and enabled % disagree; write one of them', `NEW.${old.isEnabled}`, 'NEW.enabled')}
  ELSIF is_enabled_written AND NOT enabled_written THEN
    NEW.enabled := NEW.${old.isEnabled};
  END IF;
${neither}  NEW.enabled := coalesce(NEW.enabled, NEW.${old.isEnabled});
  NEW.${old.isEnabled} := NEW.enabled;
`
}

function statusRules(facts: Facts, old: OldNames): string {
  const pairWritten = facts.isEnabled === null ? 'enabled_written' : '(enabled_written OR is_enabled_written)'
  const [inactive, active] = [facts.inactive, facts.active].map((label) => `${literal(label)}::${facts.statusEnum}`)
  return `  IF NOT ${pairWritten} AND (status_written OR NEW.enabled IS NULL) THEN
    NEW.enabled := ${isNotInactive(facts, 'NEW.')};
  ELSIF ${pairWritten} AND NOT status_written AND NEW.enabled AND NOT ${isNotInactive(facts, 'NEW.')} THEN
    NEW.status := ${active};
  ELSIF NOT NEW.enabled OR NOT ${isNotInactive(facts, 'NEW.')} THEN
    NEW.enabled := false;
    NEW.status := ${inactive};
  END IF;
${facts.isEnabled === null ? '' : `  NEW.${old.isEnabled} := NEW.enabled;\n`}`
}

const raise = (message: string, ...values: readonly string[]): string =>
  `RAISE EXCEPTION ${literal(message)}, ${values.join(', ')} USING ERRCODE = 'check_violation', CONSTRAINT = 'ai_ticket_creator_sync', TABLE = 'integrations';`
