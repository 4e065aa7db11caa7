import type { EndpointId, Generation, JsonObject, ProblemCode } from '@ai-ticket-creator/domain'
import type { CaseContext } from './case-context.ts'
import type { CaseRequest } from './case-request.ts'
import type { Reply } from './observed-reply.ts'
import type { PreconditionName } from './precondition-names.ts'

/** One rule of the contract: its preconditions, the requests to send, and the expected replies. */
export interface ContractCase extends Step {
  /** Stable across versions of this package. It begins with the endpoint or the subject. */
  readonly id: string
  /** The rule, as a sentence. */
  readonly title: string
  readonly endpoint?: EndpointId
  /** Where the rule is documented. */
  readonly specReference: string
  /** Default: `error`. */
  readonly severity?: 'warning'
  /** First and last generation for which the rule holds. Default: all generations that have the endpoint. */
  readonly since?: Generation
  readonly until?: Generation
  /** The rule holds only under `Prefer: handling=strict`. */
  readonly strict?: true
  readonly preconditions?: readonly PreconditionName[]
  /** Steps that follow the first one, in order. */
  readonly next?: readonly Step[]
  /** The rule is about an endpoint that the generation no longer has. */
  readonly retired?: true
  /** Sends GET only, so its preconditions may be rows that exist already. */
  readonly readOnly?: true
  /** Changes nothing, so it shares its preconditions with other such cases. */
  readonly shared?: true
  /** Needs the token of another organization. */
  readonly needsOtherTenant?: true
  /** Counts rows that other cases create or change, so nothing else runs at the same time. */
  readonly exclusive?: true
}

/** Requests and the expected reply. Several requests share one expectation. */
export interface Step {
  readonly request:
    | CaseRequest
    | readonly CaseRequest[]
    | ((context: CaseContext, generation: Generation) => CaseRequest | readonly CaseRequest[])
  readonly expect: Expect | ((context: CaseContext, generation: Generation) => Expect)
}

/** The expected reply. Without `status` and `code`: the success status of the endpoint. */
export interface Expect {
  readonly status?: number
  readonly code?: ProblemCode
  /** Location of the issue that has the code: `body.enabled`. */
  readonly at?: string
  /** The `replacement` of the issue or problem. */
  readonly replacement?: string
  /** The `reason` of the issue or problem. */
  readonly reason?: string
  /** Fields of the reply, with the names of the current generation. */
  readonly body?: JsonObject
  /** A string is the whole value; undefined means that the header is absent. */
  readonly headers?: Readonly<Record<string, string | RegExp | undefined>>
  /** A check that the other members cannot express. */
  readonly check?: Check
}

/** Returns what is wrong with a reply, or undefined. */
export type Check = (reply: Reply, context: CaseContext) => Mismatch | undefined

/** What was expected and what was found. Contains no secrets and no text that users wrote. */
export interface Mismatch {
  readonly expected: string
  readonly actual: string
}

/** A rule that holds for every reply, whatever the request was. */
export interface Invariant {
  readonly id: string
  readonly title: string
  readonly endpoint?: EndpointId
  readonly specReference: string
  readonly severity?: 'warning'
  readonly since?: Generation
  readonly until?: Generation
  /** Selects the replies to check. Default: all. */
  readonly appliesTo?: (reply: Reply) => boolean
  readonly check: (reply: Reply) => Mismatch | undefined
}
