import { GENERATIONS, type Generation } from '@ai-ticket-creator/domain'
import { Argument, type Command } from 'commander'
import { listGenerationChanges, readGeneration, writeGeneration } from '../../operations/generation.ts'
import { type CommandContext, type JsonOption, type OnCommand, openTables } from '../command.ts'

export function addGeneration(program: Command, onCommand: OnCommand): void {
  const generation = program.command('generation').description('the API generation; running servers follow within 5 s')

  generation
    .command('get')
    .description('print the generation; with --json its changes too')
    .option('--json', 'print JSON')
    .action(({ json = false }: JsonOption) => onCommand({ json, usesKeys: false, run: get }))
  generation
    .command('set')
    .description('change the generation, for all processes on the database')
    .addArgument(new Argument('<generation>').choices(GENERATIONS))
    .option('--json', 'print JSON')
    .action((to: Generation, { json = false }: JsonOption) =>
      onCommand({ json, usesKeys: false, run: (context) => set(context, to) }),
    )
}

async function get(context: CommandContext): Promise<0> {
  const db = await openTables(context)
  const generation = await readGeneration(db)
  context.print({ generation, changes: await listGenerationChanges(db) }, `${generation}\n`)
  return 0
}

async function set(context: CommandContext, generation: Generation): Promise<0> {
  await writeGeneration(await openTables(context), generation)
  context.print({ generation }, `The generation is ${generation}.\n`)
  return 0
}
