import { parseArguments } from './arguments.ts'
import { Refusal } from './refusal.ts'
import { createStop } from './stop.ts'
import type { Terminal, Writable } from './terminal.ts'
import { readToken } from './token.ts'
import { type Engine, verify } from './verify-command.ts'

const COULD_NOT_VERIFY = 2

/** The command, from its arguments to its exit code. */
export async function main(argv: readonly string[], engine: Engine, terminal: Terminal): Promise<number> {
  const { env, stdin, stdout, stderr } = terminal
  // A reader that has gone, such as `head`, is no failure of ours.
  stdout.on('error', () => {})
  try {
    const parsed = parseArguments(argv, env['AI_TICKET_CREATOR_TOKEN'])
    if ('text' in parsed) {
      await print(stdout, parsed.text)
      return 0
    }

    const token = await readToken(parsed.settings.tokenStdin, env, stdin)
    const stop = createStop(parsed.settings.timeoutSeconds, terminal)
    try {
      return await verify(parsed.settings, token, engine, {
        env,
        stop,
        stderr,
        stdout,
        print: (text) => print(stdout, text),
      })
    } finally {
      stop.release()
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    await print(stderr, `could not verify: ${error.message}\n`)
    return COULD_NOT_VERIFY
  }
}

/** Until it is out: a process that ends may lose what waits in a pipe. */
const print = (stream: Writable, text: string): Promise<void> =>
  new Promise((resolve) => void stream.write(text, () => resolve()))
