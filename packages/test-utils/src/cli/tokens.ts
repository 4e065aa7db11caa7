import { createJsonRedactor } from '../core/redact-json.ts'
import { CliError } from './cli-error.ts'
import type { ProcessIo } from './process-io.ts'

/** The tokens of a run. No output may contain them. */
export interface Tokens {
  readonly token: string
  readonly otherTenantToken: string | undefined
}

const VARIABLES = {
  token: 'AI_TICKET_CREATOR_TOKEN',
  otherTenantToken: 'AI_TICKET_CREATOR_OTHER_TENANT_TOKEN',
} as const
const HOW_TO_GIVE = `set ${VARIABLES.token}, or use --token-stdin and pipe it to standard input`

/** Replaces the tokens wherever they appear, also in text that a server sent back. */
export function hideTokens<T>(value: T, tokens: Partial<Tokens> | undefined): T {
  const all = [tokens?.token, tokens?.otherTenantToken].filter((token) => token !== undefined)
  return createJsonRedactor(all).values(value)
}

/** Replaces the tokens of an environment in a text. */
export const hideTokensOf = (env: NodeJS.ProcessEnv, text: string): string =>
  hideTokens(text, { token: env[VARIABLES.token] ?? '', otherTenantToken: env[VARIABLES.otherTenantToken] })

/**
 * Arguments are visible in process lists and in CI logs, so a token among them is refused and not repeated.
 *
 * @throws CliError for an argument that looks like a token, or contains one of the environment's tokens.
 */
export function refuseTokens(argv: readonly string[], env: NodeJS.ProcessEnv): void {
  const tokens = Object.values(VARIABLES)
    .map((name) => env[name] ?? '')
    .filter((token) => token !== '')
  for (const argument of argv)
    if (isTokenOption(argument) || looksLikeToken(argument) || tokens.some((token) => argument.includes(token)))
      throw new CliError(`an argument looks like a token, and arguments are visible in process lists; ${HOW_TO_GIVE}`)
}

const isTokenOption = (argument: string): boolean =>
  /^-{1,2}(?:token|bearer|auth|authorization|api-?key|password|secret|t)(?:=|$)/i.test(argument)

// A JSON web token, `Bearer …`, and the prefixes of common vendors.
const looksLikeToken = (argument: string): boolean =>
  /\beyJ[\w-]{8,}\.|^bearer\s|\b(?:sk|ghp|gho|ghs|glpat|xox[bp])[-_]\w{8,}/i.test(argument)

/** @throws CliError when there is no token, or it contains a character that a header cannot have. */
export async function readToken(
  fromStdin: boolean,
  env: NodeJS.ProcessEnv,
  stdin: ProcessIo['stdin'],
): Promise<string> {
  if (fromStdin && stdin.isTTY === true)
    throw new CliError('--token-stdin reads a pipe: printenv TOKEN | ai-ticket-creator-verify …')
  const text = fromStdin ? await readAll(stdin) : (env[VARIABLES.token] ?? '')

  const token = text.trim()
  if (token === '') throw new CliError(`there is no token; ${HOW_TO_GIVE}`)
  return checkToken(token)
}

/** The token of another organization, for the cases about tenant isolation. */
export function readOtherTenantToken(env: NodeJS.ProcessEnv): string | undefined {
  const token = env[VARIABLES.otherTenantToken]?.trim() ?? ''
  return token === '' ? undefined : checkToken(token)
}

function checkToken(token: string): string {
  if (/^[\x21-\x7e]+$/.test(token)) return token
  throw new CliError('the token has a character that a header cannot contain; nothing was sent')
}

async function readAll(stdin: NodeJS.ReadableStream): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of stdin) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString('utf8')
}
