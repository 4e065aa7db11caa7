import { createMask } from '../core/redact.ts'
import { CliError } from './cli-error.ts'
import type { Terminal } from './process-io.ts'

/** What no output may hold. */
export interface Tokens {
  readonly token: string
  readonly otherTenantToken: string | undefined
}

/** Whatever a server sends back: no output has a token. */
export function hide<T>(value: T, tokens: Tokens | undefined): T {
  const all = [tokens?.token, tokens?.otherTenantToken].filter((token) => token !== undefined)
  return all.reduce((rest, token) => createMask(token, undefined).values(rest), value)
}

/** The same for a text, with the tokens of an environment. */
export const hideIn = (env: NodeJS.ProcessEnv, text: string): string =>
  hide(text, {
    token: env['AI_TICKET_CREATOR_TOKEN'] ?? '',
    otherTenantToken: env['AI_TICKET_CREATOR_OTHER_TENANT_TOKEN'],
  })

const TOKENS = ['AI_TICKET_CREATOR_TOKEN', 'AI_TICKET_CREATOR_OTHER_TENANT_TOKEN']
const WAYS = 'give it as AI_TICKET_CREATOR_TOKEN, or on standard input with --token-stdin'

/** A token among arguments stands in process lists and in the logs of a pipeline: it is refused, and not repeated. */
export function refuseTokens(argv: readonly string[], env: NodeJS.ProcessEnv): void {
  const tokens = TOKENS.map((name) => env[name] ?? '').filter((token) => token !== '')
  for (const argument of argv)
    if (named(argument) || shaped(argument) || tokens.some((token) => argument.includes(token)))
      throw new CliError(`an argument looks like a token, which whoever lists processes can read; ${WAYS}`)
}

const named = (argument: string): boolean =>
  /^-{1,2}(?:token|bearer|auth|authorization|api-?key|password|secret|t)(?:=|$)/i.test(argument)

// A JSON web token, `Bearer …`, and the prefixes that vendors give theirs.
const shaped = (argument: string): boolean =>
  /\beyJ[\w-]{8,}\.|^bearer\s|\b(?:sk|ghp|gho|ghs|glpat|xox[bp])[-_]\w{8,}/i.test(argument)

/** @throws Refusal when there is none, or when it could stand in no header. */
export async function readToken(fromStdin: boolean, env: NodeJS.ProcessEnv, stdin: Terminal['stdin']): Promise<string> {
  if (fromStdin && stdin.isTTY === true)
    throw new CliError('--token-stdin reads a pipe: printenv TOKEN | ai-ticket-creator-verify …')
  const text = fromStdin ? await readAll(stdin) : (env['AI_TICKET_CREATOR_TOKEN'] ?? '')

  const token = text.trim()
  if (token === '') throw new CliError(`there is no token; ${WAYS}`)
  return checked(token)
}

/** The token of somebody in another organization, by which it is tried what others may see. */
export function readOtherTenantToken(env: NodeJS.ProcessEnv): string | undefined {
  const token = env['AI_TICKET_CREATOR_OTHER_TENANT_TOKEN']?.trim() ?? ''
  return token === '' ? undefined : checked(token)
}

function checked(token: string): string {
  if (/^[\x21-\x7e]+$/.test(token)) return token
  throw new CliError('the token has a character that no header can have; nothing was sent')
}

async function readAll(stdin: NodeJS.ReadableStream): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of stdin) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString('utf8')
}
