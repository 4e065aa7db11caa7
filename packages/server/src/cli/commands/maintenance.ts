import type { Command } from 'commander'
import { rotateKeys } from '../../operations/rotate-keys.ts'
import { diagnose } from '../../runtime/diagnose.ts'
import { openExistingSecrets, renewKeyCheck } from '../../runtime/open-secrets.ts'
import { type CommandContext, type ExitCode, type Found, type JsonOption, openTables } from '../command.ts'

export function addMaintenance(program: Command, found: Found): void {
  program
    .command('doctor')
    .description('check the configuration and the database, and print what to do; exit code 1 when something is wrong')
    .option('--json', 'print JSON')
    .action(({ json = false }: JsonOption) => found({ json, usesKeys: true, run: doctor }))
  program
    .command('rotate-keys')
    .description('encrypt all stored credentials with the first key of SECRET_KEYS; servers can run meanwhile')
    .option('--json', 'print JSON')
    .action(({ json = false }: JsonOption) => found({ json, usesKeys: true, run: rotate }))
}

async function doctor({ open, settings, print }: CommandContext): Promise<ExitCode> {
  const findings = await diagnose(await open(), settings, new Date())
  const lines = findings.map(
    ({ check, ok, message, fix }) =>
      `${ok ? 'ok     ' : 'PROBLEM'}  ${check}: ${message}${fix === undefined ? '' : `; ${fix}`}\n`,
  )
  print({ findings }, lines.join(''))
  return findings.every(({ ok }) => ok) ? 0 : 1
}

async function rotate(context: CommandContext): Promise<0> {
  const { settings, io, print } = context
  const db = await openTables(context)
  const secrets = await openExistingSecrets(db, settings)
  const rotated = await rotateKeys(db, secrets, (count) => void io.stderr.write(`${count} secrets\n`))
  await renewKeyCheck(db, secrets)
  print({ rotated }, `${rotated} secrets are encrypted with the first key now. Older keys are not needed any more.\n`)
  return 0
}
