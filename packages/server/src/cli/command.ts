import type { Database, SqlConnection } from '../database/database.ts'
import { schemaUp } from '../schema/schema.ts'
import type { Settings } from '../settings/settings.ts'
import type { ProcessIo } from './process-io.ts'

/** 0: done, or the answer is yes. 1: the answer is no. 2: the command failed, or the answer is unknown. */
export type ExitCode = 0 | 1 | 2

/** What a command gets when it runs. */
export interface CommandContext {
  readonly settings: Settings
  readonly io: ProcessIo
  /** Opens the database of the settings, once. It is closed when the command ends. */
  readonly open: () => Promise<Database>
  /** Prints a result: the value with `--json`, else the text. */
  readonly print: (value: unknown, text: string) => void
}

/** A command with its arguments. */
export interface ParsedCommand {
  readonly json: boolean
  /** Whether the command reads or writes stored credentials, so that `SECRET_KEYS` must be set. */
  readonly usesKeys: boolean
  readonly run: (context: CommandContext) => Promise<ExitCode>
}

/** Called by the argument parser with the command that it found. */
export type OnCommand = (command: ParsedCommand) => void

/** The option that every command but `start` has. */
export interface JsonOption {
  readonly json?: boolean
}

/** Opens the database and brings its schema up. */
export async function openTables({ open }: CommandContext): Promise<SqlConnection> {
  const { sql } = await open()
  await schemaUp(sql)
  return sql
}
