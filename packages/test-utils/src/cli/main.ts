import { parseArguments } from './arguments.ts'
import { runCheckUsage } from './check-usage-command.ts'
import { CliError } from './cli-error.ts'
import { listCases } from './list-cases.ts'
import { type ProcessIo, print } from './process-io.ts'
import { hideTokens, readOtherTenantToken, readToken, type Tokens } from './tokens.ts'
import { runVerify, type Verifier } from './verify-command.ts'

const INCONCLUSIVE = 2

/** Runs the command and returns its exit code. */
export async function main(argv: readonly string[], verifier: Verifier, io: ProcessIo): Promise<number> {
  const { env, stdin, stdout, stderr } = io
  // A reader that closes the pipe early, such as `head`, is not an error.
  stdout.on('error', () => {})
  let tokens: Tokens | undefined
  try {
    const parsed = parseArguments(argv, env)
    if ('print' in parsed) {
      await print(stdout, parsed.print)
      return 0
    }
    if ('list' in parsed) {
      await print(stdout, listCases(parsed.list.filter))
      return 0
    }
    if ('checkUsage' in parsed) return await runCheckUsage(parsed.checkUsage, io)

    tokens = {
      token: await readToken(parsed.verify.tokenStdin, env, stdin),
      otherTenantToken: readOtherTenantToken(env),
    }
    return await runVerify(parsed.verify, tokens, verifier, io)
  } catch (error) {
    await print(stderr, `inconclusive: ${hideTokens(messageOf(error), tokens)}\n`)
    return INCONCLUSIVE
  }
}

/** An unexpected error is a bug of this program: its stack is printed, and the exit code does not mean a failed contract. */
const messageOf = (error: unknown): string =>
  error instanceof CliError ? error.message : error instanceof Error ? String(error.stack) : String(error)
