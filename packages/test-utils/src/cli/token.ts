import { Refusal } from './refusal.ts'
import type { Terminal } from './terminal.ts'

const WAYS = 'give it as AI_TICKET_CREATOR_TOKEN, or on standard input with --token-stdin'

/** A token among arguments stands in process lists and in the logs of a pipeline: it is refused, and not repeated. */
export function refuseTokens(argv: readonly string[], token: string | undefined): void {
  for (const argument of argv)
    if (named(argument) || shaped(argument) || (token !== undefined && token !== '' && argument.includes(token)))
      throw new Refusal(`an argument looks like a token, which whoever lists processes can read; ${WAYS}`)
}

const named = (argument: string): boolean =>
  /^-{1,2}(?:token|bearer|auth|authorization|api-?key|password|secret|t)(?:=|$)/i.test(argument)

// A JSON web token, `Bearer …`, and the prefixes that vendors give theirs.
const shaped = (argument: string): boolean =>
  /\beyJ[\w-]{8,}\.|^bearer\s|\b(?:sk|ghp|gho|ghs|glpat|xox[bp])[-_]\w{8,}/i.test(argument)

/** @throws Refusal when there is none, or when it could stand in no header. */
export async function readToken(fromStdin: boolean, env: NodeJS.ProcessEnv, stdin: Terminal['stdin']): Promise<string> {
  if (fromStdin && stdin.isTTY === true)
    throw new Refusal('--token-stdin reads a pipe: printenv TOKEN | ai-ticket-creator-verify …')
  const text = fromStdin ? await readAll(stdin) : (env['AI_TICKET_CREATOR_TOKEN'] ?? '')

  const token = text.trim()
  if (token === '') throw new Refusal(`there is no token; ${WAYS}`)
  if (!/^[\x21-\x7e]+$/.test(token))
    throw new Refusal('the token has a character that no header can have; nothing was sent')
  return token
}

async function readAll(stdin: NodeJS.ReadableStream): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of stdin) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString('utf8')
}
