import type { Command } from 'commander'
import { schemaDown, schemaStatus, schemaUp } from '../../schema/schema.ts'
import type { CommandContext, JsonOption, OnCommand, ParsedCommand } from '../command.ts'

export function addSchema(program: Command, onCommand: OnCommand): void {
  const schema = program.command('schema').description('the tables of the server; `start` creates them')
  const add = (name: string, description: string, run: ParsedCommand['run']) =>
    schema
      .command(name)
      .description(description)
      .option('--json', 'print JSON')
      .action(({ json = false }: JsonOption) => onCommand({ json, usesKeys: false, run }))

  add('up', 'apply the steps that are missing', up)
  add('down', 'take back the last step, with the data in its tables', down)
  add('status', 'print every step, and when it was applied', status)
}

async function up({ open, print }: CommandContext): Promise<0> {
  const applied = await schemaUp((await open()).sql)
  print({ applied }, applied.length === 0 ? 'Nothing to apply.\n' : applied.map((step) => `applied ${step}\n`).join(''))
  return 0
}

async function down({ open, print }: CommandContext): Promise<0> {
  const removed = await schemaDown((await open()).sql)
  print(
    { removed },
    removed.length === 0 ? 'No step is applied.\n' : removed.map((step) => `removed ${step}\n`).join(''),
  )
  return 0
}

async function status({ open, print }: CommandContext): Promise<0> {
  const steps = await schemaStatus((await open()).sql)
  const lines = steps.map(({ name, appliedAt }) => `${name}  ${appliedAt?.toISOString() ?? 'missing'}\n`)
  print({ steps: steps.map(({ name, appliedAt }) => ({ name, applied_at: appliedAt ?? null })) }, lines.join(''))
  return 0
}
