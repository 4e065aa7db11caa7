import { parseArguments } from './arguments.ts'
import { Refusal } from './refusal.ts'
import { createStop } from './stop.ts'
import type { Terminal, Writable } from './terminal.ts'
import { hide, readOtherToken, readToken, type Tokens } from './token.ts'
import { type Engine, verify } from './verify-command.ts'

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

    tokens = { token: await readToken(parsed.settings.tokenStdin, env, stdin), otherToken: readOtherToken(env) }
    const stop = createStop(parsed.settings.timeoutSeconds, terminal)
    try {
      const around = { env, stop, stderr, stdout, print: (text: string) => print(stdout, text) }
      return await verify(parsed.settings, tokens, engine, around)
    } finally {
      stop.release()
    }
  } catch (error) {
    await print(stderr, `could not verify: ${hide(messageOf(error), tokens)}\n`)
    return COULD_NOT_VERIFY
  }
}

/** A mistake of this program is told with its place, and is no broken contract either. */
const messageOf = (error: unknown): string =>
  error instanceof Refusal ? error.message : error instanceof Error ? String(error.stack) : String(error)

/** Until it is out: a process that ends may lose what waits in a pipe. */
const print = (stream: Writable, text: string): Promise<void> =>
  new Promise((resolve) => void stream.write(text, () => resolve()))
