import { isDeepStrictEqual } from 'node:util'

/** What comes of a call, as `outcomeOf` tells it. */
type Outcome = unknown

/** What backends differ in, as the tests meet it. A test says what the reference does; a run says where its own differs. */
interface Facts {
  /** Which credentials of jira a create asks for beside those of the contract; undefined: it asks for none at all. */
  readonly credentials: readonly string[] | undefined
  /** How a new integration is made usable. */
  readonly madeUsable: 'by its create' | 'by activate'
  /** What comes of a create without credentials. */
  readonly createWithoutCredentials: Outcome
  /** `enabled` and status of an integration that was created enabled. */
  readonly created: readonly [enabled: boolean | undefined, status: string]
  /** `enabled` and status of an inactive integration that was enabled. */
  readonly enabled: Outcome
  /** What no reply shows of a new integration with credentials and a `webhook_secret`. */
  readonly unverifiedOfCreate: readonly string[]
  /** What comes of new credentials for an integration. */
  readonly newCredentials: Outcome
  /** The same when the caller allows what can not be confirmed. */
  readonly newCredentialsAllowed: Outcome
  /** What comes of activating an inactive integration: its status before and after. */
  readonly activated: Outcome
  /** What a test of an integration comes to. */
  readonly tested: Outcome
  /** What comes of a synchronisation. */
  readonly synchronised: Outcome
  /** What comes of a create past its method that gives no category: name, platform and `enabled` of the reply. */
  readonly createPastMethod: Outcome
  /** Whether a ticket shows the id of its integration. */
  readonly showsIntegration: boolean
  /** What comes of a ticket with the id of a disabled integration. */
  readonly disabledById: Outcome
  /** What comes of a ticket with attachments. */
  readonly attached: Outcome
  /** What a ticket shows later of the files that it was created with. */
  readonly files: 'kept' | 'none'
  /** What comes of a change with a null. */
  readonly clearedByUpdate: Outcome
  /** What such a field is afterwards. */
  readonly afterClearing: Outcome
  /** Whether tags are there after a change that was not refused. */
  readonly tagsKept: boolean
  /** What a replacement may have cleared. */
  readonly cleared: readonly string[]
  /** What a field is that the replacement did not give. */
  readonly absentInReplace: Outcome
  /** What comes of taking a ticket from everybody. */
  readonly unassigned: Outcome
  /** Whether the ticket has its assignee still. */
  readonly stillAssigned: boolean
  /** What comes of attaching files to a ticket. */
  readonly attachmentAdded: Outcome
  /** What comes of listing them. */
  readonly attachmentsListed: Outcome
}

/** What a backend does otherwise, and the rows of `deviations` that it comes from. */
interface Difference<Value> {
  readonly is: Value
  readonly because: readonly [string, ...string[]]
}

export type Differences = { readonly [F in keyof Facts]?: Difference<Facts[F]> }

export type Here = <F extends keyof Facts>(fact: F, reference: Facts[F]) => Facts[F]

/** Answers with what the reference does, unless a difference says otherwise. One that says the same is a mistake. */
export const expecting =
  (differences: Differences): Here =>
  (fact, reference) => {
    const difference = differences[fact]
    if (difference === undefined) return reference
    if (isDeepStrictEqual(difference.is, reference)) throw new Error(`\`${fact}\` is as in the reference: take it out`)
    return difference.is
  }
