import { existsSync } from 'node:fs'
import { type Command, Option } from 'commander'
import { rotateKeys } from '../../operations/rotate-keys.ts'
import { changeSecretForm } from '../../operations/secret-form.ts'
import { diagnose, type Finding } from '../../runtime/diagnose.ts'
import { openExistingSecrets, renewKeyCheck } from '../../runtime/open-secrets.ts'
import { SECRET_FORMS, type SecretForm } from '../../secrets/stored-secrets.ts'
import type { Settings } from '../../settings/settings.ts'
import { type CommandContext, type ExitCode, type JsonOption, type OnCommand, openTables } from '../command.ts'

export function addMaintenance(program: Command, onCommand: OnCommand): void {
  program
    .command('doctor')
    .description('check the configuration and the database, and print what to do; exit code 1 when something is wrong')
    .option('--json', 'print JSON')
    .action(({ json = false }: JsonOption) => onCommand({ json, usesKeys: true, run: doctor }))
  program
    .command('rotate-keys')
    .description('encrypt all stored credentials with the first key of SECRET_KEYS; servers can run meanwhile')
    .addOption(
      new Option(
        '--to <form>',
        'how to store them: fernet and plain as the existing application of EXISTING_SECRETS does',
      )
        .choices(SECRET_FORMS)
        .default('aes'),
    )
    .option('--json', 'print JSON')
    .action(({ json = false, to }: JsonOption & { readonly to: SecretForm }) =>
      onCommand({ json, usesKeys: true, run: (context) => rotate(context, to) }),
    )
}

async function doctor({ open, settings, print }: CommandContext): Promise<ExitCode> {
  const findings = isMissing(settings) ? [NO_FOLDER] : await diagnose(await open(), settings, new Date())
  const lines = findings.map(
    ({ check, ok, message, fix }) =>
      `${ok ? 'ok     ' : 'PROBLEM'}  ${check}: ${message}${fix === undefined ? '' : `; ${fix}`}\n`,
  )
  print({ findings }, lines.join(''))
  return findings.every(({ ok }) => ok) ? 0 : 1
}

/** PGlite would create the folder, and a check must not change anything. */
const isMissing = ({ DATABASE_URL, DATA_FOLDER }: Settings): boolean =>
  DATABASE_URL === undefined && !existsSync(DATA_FOLDER)

const NO_FOLDER: Finding = {
  check: 'folder',
  ok: false,
  message: 'the folder of PGlite does not exist',
  fix: 'run `start`, or set DATA_FOLDER or DATABASE_URL',
}

async function rotate(context: CommandContext, to: SecretForm): Promise<0> {
  const { settings, io, print } = context
  const db = await openTables(context)
  const secrets = await openExistingSecrets(db, settings)
  await changeSecretForm(db, secrets, to)
  const rotated = await rotateKeys(db, secrets, (count) => void io.stderr.write(`${count} secrets\n`))
  await renewKeyCheck(db, settings)
  print({ rotated, form: to }, `${rotated} secrets ${RESULTS[to]}\n`)
  return 0
}

const RESULTS: Readonly<Record<SecretForm, string>> = {
  aes: 'are encrypted with the first key now. If servers ran meanwhile, run this again in 5 s: when it prints 0, older keys are not needed any more.',
  fernet: 'are Fernet tokens of the first key of EXISTING_SECRETS now.',
  plain: 'are plain JSON now.',
}
