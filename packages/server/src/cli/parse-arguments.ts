import { Command, type CommanderError } from 'commander'
import manifest from '../../package.json' with { type: 'json' }
import type { OnCommand, ParsedCommand } from './command.ts'
import { addBackup } from './commands/backup.ts'
import { addDeprecations } from './commands/deprecations.ts'
import { addGeneration } from './commands/generation.ts'
import { addMaintenance } from './commands/maintenance.ts'
import { addSchema } from './commands/schema.ts'
import { addSeed } from './commands/seed.ts'
import { addStart } from './commands/start.ts'
import { addToken } from './commands/token.ts'

/** The command to run; or the text to print for `--help`, `--version` or wrong arguments. */
export type ParsedArguments = { readonly command: ParsedCommand } | { readonly print: string; readonly exitCode: 0 | 2 }

export function parseArguments(argv: readonly string[]): ParsedArguments {
  let parsed: ParsedArguments = { print: 'no command was found\n', exitCode: 2 }
  const printed: string[] = []
  const program = createProgram((command) => (parsed = { command }))
  try {
    configure(program, (text) => void printed.push(text))
    program.parse([...argv], { from: 'user' })
  } catch (error) {
    // With `exitOverride`, Commander throws its own errors only. The actions throw nothing: they only store the command.
    const { exitCode } = error as CommanderError
    return { print: printed.join(''), exitCode: exitCode === 0 ? 0 : 2 }
  }
  return parsed
}

function createProgram(onCommand: OnCommand): Command {
  const program = new Command('ai-ticket-creator-server')
    .description('Serves the AI Ticket Creator API from PGlite or PostgreSQL.')
    .version(manifest.version, '--version', 'print the version')
    .addHelpText('after', HELP)
  for (const add of [addStart, addSchema, addToken, addGeneration, addDeprecations, addMaintenance, addBackup, addSeed])
    add(program, onCommand)
  return program
}

/** A command does not inherit the settings of its parent, so every command gets them. */
function configure(command: Command, write: (text: string) => void): void {
  command
    .configureOutput({ writeOut: write, writeErr: write })
    .exitOverride()
    .helpOption('--help', 'print this help')
    .allowExcessArguments(false)
  for (const inner of command.commands) configure(inner, write)
}

const HELP = `
Settings are environment variables; the README lists them. Without DATABASE_URL everything is stored by PGlite in the folder
ai-ticket-creator-data, which one process can use at a time.

Exit codes: 0 done; 1 the answer is no; 2 it could not be done.`
