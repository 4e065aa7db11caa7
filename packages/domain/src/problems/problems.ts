// A new error code is a row here. `status` is the HTTP status; codes with `isFieldIssue` are sent in the list of issues of a 422.
const rows = {
  unauthenticated: { status: 401, when: 'the token is missing, invalid or revoked' },
  not_found: { status: 404, when: "the id is unknown, deleted, or another organization's" },
  validation_failed: {
    status: 422,
    isFieldIssue: true,
    when: 'a field breaks a limit or a rule, or the body changes nothing',
  },
  conflicting_fields: { status: 422, isFieldIssue: true, when: 'the old and the new spelling of a field disagree' },
  category_mismatch: { status: 422, isFieldIssue: true, when: 'the category is not that of the platform' },
  platform_required: { status: 422, isFieldIssue: true, when: 'a category is given without a platform' },
  unknown_platform: { status: 422, isFieldIssue: true, when: 'the platform is not one of those supported' },
  unknown_field: { status: 422, isFieldIssue: true, when: 'no such field exists' },
  read_only_field: {
    status: 422,
    isFieldIssue: true,
    when: 'a field that cannot be changed differs from its stored value',
  },
  credentials_incomplete: { status: 422, isFieldIssue: true, when: 'credentials lack a key that the platform needs' },
  status_not_settable: { status: 422, isFieldIssue: true, when: 'a status other than active or inactive is sent' },
  retired_field: { status: 422, isFieldIssue: true, when: 'an old name is sent where only the new one is accepted' },
  integration_not_found: { status: 422, when: 'the integration of a ticket does not exist' },
  integration_unusable: { status: 422, when: 'the integration of a ticket cannot file it' },
  retired_route: { status: 410, when: 'the route has moved' },
  method_not_allowed: { status: 405, when: 'the path exists, the method does not' },
  payload_too_large: { status: 413, when: 'the body is longer than the limit' },
  unsupported_media_type: { status: 415, when: 'the body is not JSON' },
  ambiguous_integration_name: { status: 409, when: 'several integrations have the name' },
  transition_refused: { status: 409, when: 'the status does not allow the change' },
  version_conflict: { status: 412, when: 'the row has changed since it was read' },
  idempotency_mismatch: { status: 422, when: 'the idempotency key was used for another endpoint, path or body' },
  idempotency_in_flight: { status: 409, when: 'a call with the idempotency key is still running' },
  external_creation_failed: { status: 502, when: 'the platform refused the ticket; nothing was stored' },
  not_supported: { status: 501, when: 'the operation does not exist for this platform or version' },
  rate_limited: { status: 429, when: 'too many calls; wait for Retry-After' },
  internal: { status: 500, when: "the service failed; never the caller's fault" },
} as const satisfies Record<string, { readonly status: number; readonly isFieldIssue?: true; readonly when: string }>

/** The code of an error. Codes are stable; messages are not. */
export type ProblemCode = keyof typeof rows

/** The codes of issues: faults of a single field, listed in a 422. */
export type IssueCode = { [C in ProblemCode]: (typeof rows)[C] extends { isFieldIssue: true } ? C : never }[ProblemCode]

/** Every error code with its HTTP status and when it is sent. */
export const problems: {
  readonly [C in ProblemCode]: { status: (typeof rows)[C]['status']; isFieldIssue?: true; when: string }
} = rows

/** What is wrong with one field. Messages quote field names and values of closed lists, never what was sent. */
export interface Issue {
  /** The kind of fault, as the existing backend names it: `missing`, `string_type`, `enum`, … */
  readonly type: string
  /** The path to the field: `['body', 'attachments', 0, 'file_id']`. */
  readonly loc: readonly (string | number)[]
  /** A sentence for the developer of the caller. */
  readonly msg: string
  readonly code: IssueCode
  /** The name to use instead. */
  readonly replacement?: string
}

/** One of several integrations with the same name. */
export interface ProblemCandidate {
  readonly id: string
  readonly name: string
  readonly platform_name: string
  readonly status: string
}

/** The body of an error. */
export interface Problem {
  /** A message, or for invalid fields the list of their issues. */
  readonly detail: string | readonly Issue[]
  readonly code: ProblemCode
  /** A short cause: the status of an unusable integration, `deleted`, … */
  readonly reason?: string
  /** The integrations that share the name. */
  readonly candidates?: readonly ProblemCandidate[]
  /** What to use instead, such as the route that replaces a retired one. */
  readonly replacement?: string
}

/** Thrown by `parseCreateIntegration` for invalid input. The error names fields, never values. */
export class InvalidInputError extends Error {
  readonly code = 'validation_failed'
  readonly issues: readonly Issue[]

  constructor(issues: readonly Issue[]) {
    super(issues.map(({ msg }) => msg).join('; '))
    this.name = 'InvalidInputError'
    this.issues = issues
  }
}
