import type { EndpointId, Generation, JsonObject, ProblemCode } from '@ai-ticket-creator/domain'
import type { Rows } from './case-context.ts'
import type { Ask } from './case-request.ts'
import type { Reply } from './observed-reply.ts'
import type { GivenName } from './precondition-names.ts'

/** One row of the contract: in which situation, what is asked, and what has to come. */
export interface ContractCase extends Step {
  /** The same in each version of this package; it begins with what it is about. */
  readonly id: string
  /** The rule, as a sentence. */
  readonly title: string
  readonly endpoint?: EndpointId
  /** Where the rule is written. */
  readonly source: string
  /** Default: `error`. */
  readonly severity?: 'warning'
  /** The generations for which it holds; an endpoint that a generation lacks needs no word here. */
  readonly since?: Generation
  readonly until?: Generation
  /** Only under `Prefer: handling=strict`. */
  readonly strict?: true
  /** What has to be there, by name. */
  readonly given?: readonly GivenName[]
  /** What follows the first step, in order. */
  readonly next?: readonly Step[]
  /** It is about an endpoint that the generation does not have. */
  readonly gone?: true
  /** It sends GET alone: what it is given may be rows that are there already. */
  readonly reads?: true
  /** It changes nothing of what it is given: cases like it are given the same rows. */
  readonly shared?: true
  /** It needs the token of another organization. */
  readonly other?: true
  /** It counts what others change: nothing else runs beside it. */
  readonly alone?: true
}

/** What is asked, and what has to come: for several requests the same of each. */
export interface Step {
  readonly request: Ask | readonly Ask[] | ((rows: Rows, generation: Generation) => Ask | readonly Ask[])
  readonly expect: Expect | ((rows: Rows, generation: Generation) => Expect)
}

/** What has to come. Without a code: the success of the endpoint. */
export interface Expect {
  readonly status?: number
  readonly code?: ProblemCode
  /** Where in the request, for a code that stands at a field: `body.enabled`. */
  readonly at?: string
  /** What the refusal says to use instead. */
  readonly replacement?: string
  readonly reason?: string
  /** Fields of the reply, in the current words. */
  readonly body?: JsonObject
  /** Headers: a text is all of it, undefined none at all. */
  readonly headers?: Readonly<Record<string, string | RegExp | undefined>>
  /** What is wrong with the reply, for what no row can say. */
  readonly holds?: (reply: Reply, rows: Rows) => Fault | undefined
}

/** What should have come, and what came: facts, without secrets and without what belongs to others. */
export interface Fault {
  readonly expected: string
  readonly actual: string
}

/** A rule that holds for every reply, whatever it answers. */
export interface Observation {
  readonly id: string
  readonly title: string
  readonly endpoint?: EndpointId
  readonly source: string
  readonly severity?: 'warning'
  readonly since?: Generation
  readonly until?: Generation
  /** The replies that it looks at. Default: all. */
  readonly of?: (reply: Reply) => boolean
  readonly holds: (reply: Reply) => Fault | undefined
}
