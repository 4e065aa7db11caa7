import { type Facts, integrationsOf } from '../catalog/facts.ts'
import { identifier, literal } from '../catalog/sql.ts'
import { type Check, countOf } from './step.ts'

/**
 * Finds secrets that the server stores in its own form, which the existing application cannot read. The server records the form
 * in its table of settings. A process that has not yet read a change of the form may still have written in the former one.
 */
export function serverSecrets(facts: Facts): readonly Check[] {
  const settings = `${identifier(facts.schema)}."server_settings"`
  const unless = `SELECT to_regclass(${literal(settings)}) IS NULL`
  const advice = 'run ai-ticket-creator-server rotate-keys --to fernet (or --to plain), and run undo again'
  return [
    {
      count: countOf(`${settings} WHERE name = 'secret_form' AND value = 'aes'`),
      unless,
      problem: () => `the server stores secrets in a form that the existing application cannot read; ${advice}`,
    },
    ...['credentials_encrypted', 'webhook_secret_encrypted'].map((column) => ({
      // As JSON, so that the query also runs where the column does not exist. The pattern is the base64 of the version byte and
      // of the first bits of the key id.
      count: countOf(
        `${integrationsOf(facts)} AS target WHERE to_jsonb(target) ->> ${literal(column)} ~ '^A[QRSTUVWXYZabcdef]'`,
      ),
      unless,
      problem: (count: number) =>
        `${count} integrations have a secret in ${column} that the existing application cannot read; ${advice}`,
    })),
  ]
}
