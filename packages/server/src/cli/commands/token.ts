import { type Command, Option } from 'commander'
import { createToken, listTokens, revokeToken, type TokenOwner } from '../../access/tokens.ts'
import { type CommandContext, type JsonOption, type OnCommand, openTables } from '../command.ts'
import { formatTable } from '../format-table.ts'
import { emailOption, organizationOption, parseName } from '../owner-options.ts'

export function addToken(program: Command, onCommand: OnCommand): void {
  const token = program.command('token').description('tokens that open the API for a user')
  const add = (name: string, description: string) =>
    token.command(name).description(description).option('--json', 'print JSON')

  add('create', 'create a token, and its organization and user when they do not exist; it is shown once')
    .addOption(organizationOption('whose rows it opens'))
    .addOption(emailOption('the user it belongs to'))
    .addOption(new Option('--name <text>', 'what it is for').default('command line').argParser(parseName))
    .action(({ json = false, ...owner }: TokenOwner & JsonOption) =>
      onCommand({ json, usesKeys: false, run: (context) => create(context, owner) }),
    )
  add('list', 'print all tokens, without the tokens themselves').action(({ json = false }: JsonOption) =>
    onCommand({ json, usesKeys: false, run: list }),
  )
  add('revoke <id>', 'revoke a token; it is refused from then on').action((id: string, { json = false }: JsonOption) =>
    onCommand({ json, usesKeys: false, run: (context) => revoke(context, id) }),
  )
}

async function create(context: CommandContext, owner: TokenOwner): Promise<0> {
  const created = await createToken(await openTables(context), owner)
  context.print(created, `${created.token}\n`)
  return 0
}

async function list(context: CommandContext): Promise<0> {
  const tokens = await listTokens(await openTables(context))
  const rows = tokens.map(({ id, name, organization, email, created_at, revoked_at }) => [
    id,
    name,
    organization,
    email,
    created_at,
    revoked_at ?? '',
  ])
  context.print(tokens, formatTable(['id', 'name', 'organization', 'email', 'created', 'revoked'], rows))
  return 0
}

async function revoke(context: CommandContext, id: string): Promise<0> {
  await revokeToken(await openTables(context), id)
  context.print({ revoked: id }, `revoked ${id}\n`)
  return 0
}
