import { isDeepStrictEqual } from 'node:util'

/** The outcome of a call, in the form of `outcomeOf`. */
type Outcome = unknown

/** Behaviour that differs between backends. A test states the value of the reference API; a run overrides it for its backend. */
interface Facts {
  /** The credentials that a create for Jira requires besides those of the contract. Undefined: a create requires none. */
  readonly credentials: readonly string[] | undefined
  /** How a new integration becomes usable. */
  readonly madeUsable: 'by its create' | 'by activate'
  /** The outcome of a create without credentials. */
  readonly createWithoutCredentials: Outcome
  /** `enabled` and status of an integration that was created enabled. */
  readonly created: readonly [enabled: boolean | undefined, status: string]
  /** `enabled` and status of an inactive integration that was enabled. */
  readonly enabled: Outcome
  /** The fields that no reply shows after a create with `credentials` and a `webhook_secret`. */
  readonly unverifiedOfCreate: readonly string[]
  /** The outcome of new credentials for an integration. */
  readonly newCredentials: Outcome
  /** The outcome of new credentials with `allowUnverified`. */
  readonly newCredentialsAllowed: Outcome
  /** The outcome of activating an inactive integration: its status before and after. */
  readonly activated: Outcome
  /** The outcome of testing an integration. */
  readonly tested: Outcome
  /** The outcome of a synchronisation. */
  readonly synchronised: Outcome
  /** The outcome of a create through `client.request` without a category: name, platform and `enabled` of the reply. */
  readonly rawCreate: Outcome
  /** The outcome of a ticket that is drafted for an integration: whether it was filed. */
  readonly drafted: Outcome
  /** Whether a ticket shows the id of its integration. */
  readonly showsIntegration: boolean
  /** The outcome of a ticket with attachments. */
  readonly attached: Outcome
  /** Whether the files of a create are stored. */
  readonly files: 'stored' | 'none'
  /** The outcome of an update that clears `department` with null. */
  readonly clearedByUpdate: Outcome
  /** The value of `department` after the update of `clearedByUpdate`. */
  readonly afterClearing: Outcome
  /** Whether the tags of a successful update are stored. */
  readonly storesTags: boolean
  /** The fields that the client reports as cleared by a replacement. */
  readonly cleared: readonly string[]
  /** The value of a field after a replacement that omits the field. */
  readonly absentInReplace: Outcome
  /** The outcome of removing the assignee of a ticket. */
  readonly unassigned: Outcome
  /** Whether a ticket still has its assignee after the call of `unassigned`. */
  readonly stillAssigned: boolean
  /** The outcome of attaching files to a ticket. */
  readonly attachmentAdded: Outcome
  /** The outcome of listing the files of a ticket. */
  readonly attachmentsListed: Outcome
}

/** The value of a fact that differs, and the ids of the `deviations` of a profile that cause the difference. */
interface Difference<Value> {
  readonly value: Value
  readonly deviations: readonly string[]
}

export type Differences = { readonly [F in keyof Facts]?: Difference<Facts[F]> }

/** Returns the expected value of a fact: the value of the reference API, unless the backend of the run differs. */
export type Expected = <F extends keyof Facts>(fact: F, reference: Facts[F]) => Facts[F]

/** @throws Error for a difference whose value is that of the reference API: the difference must be removed. */
export const createExpected =
  (differences: Differences): Expected =>
  (fact, reference) => {
    const difference = differences[fact]
    if (difference === undefined) return reference
    if (isDeepStrictEqual(difference.value, reference))
      throw new Error(`\`${fact}\` equals the reference; remove the difference`)
    return difference.value
  }
