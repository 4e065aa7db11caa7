import { parseArguments } from './arguments.ts'
import { usage } from './check-usage-command.ts'
import { CliError } from './cli-error.ts'
import type { Terminal } from './process-io.ts'
import { hide, readOtherTenantToken, readToken, type Tokens } from './tokens.ts'
import { type Engine, verify } from './verify-command.ts'
import { print } from './write-report.ts'

const COULD_NOT_VERIFY = 2

/** The command, from its arguments to its exit code. */
export async function main(argv: readonly string[], engine: Engine, terminal: Terminal): Promise<number> {
  const { env, stdin, stdout, stderr } = terminal
  // A reader that has gone, such as `head`, is no failure of ours.
  stdout.on('error', () => {})
  let tokens: Tokens | undefined
  try {
    const parsed = parseArguments(argv, env)
    if ('text' in parsed) {
      await print(stdout, parsed.text)
      return 0
    }
    if ('usage' in parsed) return await usage(parsed.usage, terminal)

    tokens = {
      token: await readToken(parsed.settings.tokenStdin, env, stdin),
      otherTenantToken: readOtherTenantToken(env),
    }
    return await verify(parsed.settings, tokens, engine, terminal)
  } catch (error) {
    await print(stderr, `could not verify: ${hide(messageOf(error), tokens)}\n`)
    return COULD_NOT_VERIFY
  }
}

/** A mistake of this program is told with its place, and is no broken contract either. */
const messageOf = (error: unknown): string =>
  error instanceof CliError ? error.message : error instanceof Error ? String(error.stack) : String(error)
