// A new error code is a row here. `status` is the HTTP status; `item` codes stand in a list of issues under 422.
const rows = {
  unauthenticated: { status: 401, when: 'the token is missing, invalid or revoked' },
  not_found: { status: 404, when: "the id is unknown, deleted, or another organization's" },
  validation_failed: { status: 422, item: true, when: 'a field breaks a limit or a rule, or nothing is to be changed' },
  conflicting_fields: { status: 422, item: true, when: 'the old and the new spelling of a field disagree' },
  category_mismatch: { status: 422, item: true, when: 'the category is not that of the platform' },
  platform_required: { status: 422, item: true, when: 'a category is given without a platform' },
  unknown_platform: { status: 422, item: true, when: 'the platform is not one of those supported' },
  unknown_field: { status: 422, item: true, when: 'no such field exists' },
  read_only_field: { status: 422, item: true, when: 'a field that can not be changed differs from its stored value' },
  credentials_incomplete: { status: 422, item: true, when: 'credentials lack a key that the platform needs' },
  status_not_settable: { status: 422, item: true, when: 'a status other than active or inactive is to be set' },
  retired_field: { status: 422, item: true, when: 'an old name is sent where only the new one is accepted' },
  integration_not_found: { status: 422, when: 'a ticket names an integration that is not there' },
  integration_unusable: { status: 422, when: 'a ticket names an integration that can not file it' },
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
} as const satisfies Record<string, { readonly status: number; readonly item?: true; readonly when: string }>

/** The stable word of an error. */
export type ProblemCode = keyof typeof rows

/** The codes that stand at one field, in a list under 422. */
export type IssueCode = { [C in ProblemCode]: (typeof rows)[C] extends { item: true } ? C : never }[ProblemCode]

/** Every error code with its HTTP status and when it is sent. */
export const problems: {
  readonly [C in ProblemCode]: { status: (typeof rows)[C]['status']; item?: true; when: string }
} = rows

/** What is wrong with one field. Messages quote field names and words of closed vocabularies, never a value. */
export interface Issue {
  /** The kind of fault, in the words of the existing backend: `missing`, `string_type`, `enum`, … (CONTRACT §4). */
  readonly type: string
  /** Where: `['body', 'attachments', 0, 'file_id']`. */
  readonly loc: readonly (string | number)[]
  readonly msg: string
  readonly code: IssueCode
  /** The name to use instead. */
  readonly replacement?: string
}

/** One of several integrations that a name could mean. */
export interface ProblemCandidate {
  readonly id: string
  readonly name: string
  readonly platform_name: string
  readonly status: string
}

/** The body of an error. */
export interface Problem {
  readonly detail: string | readonly Issue[]
  readonly code: ProblemCode
  /** Why, in a word: the status of an unusable integration, `deleted`, … */
  readonly reason?: string
  readonly candidates?: readonly ProblemCandidate[]
  readonly replacement?: string
}

/** Input that broke a rule, thrown by `parse…`. It names fields, never values. */
export class InvalidInputError extends Error {
  readonly code = 'validation_failed'
  readonly issues: readonly Issue[]

  constructor(issues: readonly Issue[]) {
    super(issues.map(({ msg }) => msg).join('; '))
    this.name = 'InvalidInputError'
    this.issues = issues
  }
}
