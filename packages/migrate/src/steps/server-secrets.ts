import { type Facts, integrationsOf } from '../catalog/facts.ts'
import { identifier, literal } from '../catalog/sql.ts'
import { type Check, countOf } from './step.ts'

/**
 * Whether the server stores credentials in its own form, which the existing application cannot read. The server records its
 * form in a table of its own; a server process that has not followed yet may have written some in the old form since.
 */
export function serverSecrets(facts: Facts): readonly Check[] {
  const settings = `${identifier(facts.schema)}."server_settings"`
  const unless = `SELECT to_regclass(${literal(settings)}) IS NULL`
  const advice = 'run ai-ticket-creator-server rotate-keys --to fernet (or --to plain), and run undo again'
  return [
    {
      count: countOf(`${settings} WHERE name = 'secret_form' AND value = 'aes'`),
      unless,
      problem: () => `the server stores credentials in a form that the existing application cannot read; ${advice}`,
    },
    ...(facts.columns.includes('credentials_encrypted')
      ? [
          {
            // Base64 of the version byte and the key id.
            count: countOf(`${integrationsOf(facts)} WHERE credentials_encrypted ~ '^A[QRSTUVWXYZabcdef]'`),
            unless,
            problem: (count: number) =>
              `${count} integrations have credentials that the existing application cannot read; ${advice}`,
          },
        ]
      : []),
  ]
}
