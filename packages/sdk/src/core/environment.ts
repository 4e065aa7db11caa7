import type { ClientOptions } from './options.ts'

/** The environment variables for options that are not given. */
export const ENVIRONMENT = { baseUrl: 'AI_TICKET_CREATOR_BASE_URL', token: 'AI_TICKET_CREATOR_TOKEN' } as const

/**
 * The options, with defaults from the environment for absent keys. The token is read from the environment only together with
 * the address: the token of one service must not be sent to another one.
 */
export function withEnvironment<O extends ClientOptions>(options: O): O {
  if ('baseUrl' in options) return options
  const { [ENVIRONMENT.baseUrl]: baseUrl, [ENVIRONMENT.token]: token } = environment()
  if (baseUrl === undefined) return options
  return { baseUrl, ...(token !== undefined && { token }), ...options }
}

function environment(): Readonly<Record<string, string | undefined>> {
  try {
    const { process } = globalThis as { process?: { env?: Record<string, string | undefined> } }
    const { AI_TICKET_CREATOR_BASE_URL, AI_TICKET_CREATOR_TOKEN } = process?.env ?? {}
    return { AI_TICKET_CREATOR_BASE_URL, AI_TICKET_CREATOR_TOKEN }
  } catch {
    // Deno throws where the program may not read its environment.
    return {}
  }
}
