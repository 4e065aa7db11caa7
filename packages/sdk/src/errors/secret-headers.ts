import type { Secrets } from './redact.ts'

type Pair = readonly [name: string, value: string]

/** Adds the values of headers to the secrets of a call. */
export function addSecretHeaders(headers: readonly Pair[], secrets: Secrets, minLength?: number): void {
  if (headers.length === 0) return
  // The request id is meant to be quoted in messages.
  const values = headers.flatMap(([name, value]) => (name.toLowerCase() === 'x-request-id' ? [] : [value]))
  secrets.add(values, minLength)
}

/** The parts of a request before the hooks ran. */
export interface OwnParts {
  readonly headers: Readonly<Record<string, string>>
  readonly url: string
}

// A short text, such as a version or a language, may be an ordinary word.
const MIN_LENGTH = 8

/** Adds what the hooks of the caller have added to a request: credentials for a gateway, perhaps in the query. */
export function addSecretsOfHooks({ headers, url }: Request, own: OwnParts, secrets: Secrets): void {
  const added = [...headers].filter(([name, value]) => own.headers[name] !== value)
  addSecretHeaders(added, secrets, MIN_LENGTH)
  // The token without its scheme, such as `Bearer`.
  secrets.add(
    added.flatMap(([name, value]) => (name === 'authorization' ? [value.replace(/^\S+\s+/, '')] : [])),
    MIN_LENGTH,
  )
  const ownValues = [...new URL(own.url).searchParams.values()]
  const values = [...new URL(url).searchParams.values()].filter((value) => !ownValues.includes(value))
  secrets.add(values, MIN_LENGTH)
}
