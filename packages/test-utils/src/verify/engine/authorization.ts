import type { CaseRequest } from '../model/case-request.ts'

interface Tokens {
  readonly token: string
  readonly otherTenantToken: string | undefined
}

/** The `Authorization` header of a request; undefined for none. */
export function authorizationOf(
  { token, otherTenantToken }: Tokens,
  form: NonNullable<CaseRequest['token']> | 'own' = 'own',
): string | undefined {
  switch (form) {
    case 'own':
      return `Bearer ${token}`
    case 'none':
      return undefined
    case 'wrong':
      return 'Bearer not-a-token'
    case 'other-tenant':
      return otherTenantToken === undefined ? undefined : `Bearer ${otherTenantToken}`
    case 'with-text-behind':
      return `Bearer ${token}x`
    case 'with-another-word':
      return `Bearer ${token} x`
    case 'without-its-end':
      return `Bearer ${token.slice(0, -1)}`
    case 'in-another-case':
      return `Bearer ${inAnotherCase(token)}`
    case 'with-another-scheme':
      return `Basic ${token}`
    case 'without-scheme':
      return token
  }
}

/** A token without letters has no other case, so a wrong token is sent instead. */
function inAnotherCase(token: string): string {
  const other = token === token.toUpperCase() ? token.toLowerCase() : token.toUpperCase()
  return other === token ? 'not-a-token' : other
}
