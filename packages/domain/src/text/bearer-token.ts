/** The token of an `Authorization` header with the scheme Bearer; undefined for any other value. */
export const bearerToken = (authorization: string | null | undefined): string | undefined =>
  /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1]
