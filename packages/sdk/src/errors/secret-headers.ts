import type { Secrets } from './redact.ts'

type Header = readonly [name: string, value: string]

/** Adds the values of headers to the secrets of a call. */
export function addSecretHeaders(headers: readonly Header[], secrets: Secrets): void {
  // The request id is meant to be quoted in messages.
  secrets.add(headers.flatMap(([name, value]) => (name.toLowerCase() === 'x-request-id' ? [] : [value])))
}

/** The parts of a request before the hooks ran. */
interface OwnParts {
  readonly headers: Readonly<Record<string, string>>
  readonly url: URL
  readonly query: readonly (readonly [name: string, value: string])[]
}

// A short parameter, such as a version, may be an ordinary word.
const PARAMETER_MIN_LENGTH = 8

/** Adds what the hooks of the caller have added to a request: credentials for a gateway, perhaps in the query. */
export function addSecretsOfHooks({ headers, url }: Request, own: OwnParts, secrets: Secrets): void {
  const added = [...headers].filter(([name, value]) => own.headers[name] !== value)
  addSecretHeaders(added, secrets)
  // Without the scheme, such as `Bearer`.
  secrets.add(added.flatMap(([name, value]) => (name === 'authorization' ? [value.replace(/^\S+\s+/, '')] : [])))
  const ownValues = [...own.url.searchParams, ...own.query].map(([, value]) => value)
  const values = [...new URL(url).searchParams.values()]
  secrets.add(
    values.filter((value) => !ownValues.includes(value)),
    PARAMETER_MIN_LENGTH,
  )
}
