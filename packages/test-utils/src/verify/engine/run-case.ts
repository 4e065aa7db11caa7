import type { ContractCase, Expect, Mismatch, Step } from '../model/case.ts'
import { type CaseContext, type CreatedRows, createCaseContext } from '../model/case-context.ts'
import type { CaseRequest } from '../model/case-request.ts'
import { describeAnswer, describeRequest } from '../model/describe.ts'
import { FILES_ARE_CHECKED, mayRefuseFiles, refusesFiles } from '../model/file-ids.ts'
import { InterruptedError, isInterruption, isPlatformFailure } from '../model/interruption.ts'
import { expectedStatus, mismatchOf } from '../model/match-reply.ts'
import type { Reply } from '../model/observed-reply.ts'
import type { PreconditionName } from '../model/precondition-names.ts'
import { NothingToInspectError, PreconditionFailedError, type SetUpContext, setUp } from '../model/preconditions.ts'
import type { CaseResult } from '../model/report.ts'
import { UndecidedError } from '../model/undecided.ts'
import { UnreachableError } from './http-client.ts'
import type { Plan } from './plan.ts'

export type CaseOutcome = Pick<CaseResult, 'outcome' | 'reason' | 'expected' | 'actual'>

/** What a case needs from the run. */
export interface RunContext extends SetUpContext {
  readonly plan: Plan
  readonly isAuthorized: () => Promise<boolean>
  /** Preconditions for cases that change nothing; created once per run. */
  readonly share: (names: readonly PreconditionName[]) => Promise<SharedPreconditions>
}

/** Rows that several cases read. */
export interface SharedPreconditions {
  /** The names and titles of the rows begin with it. */
  readonly tag: string
  readonly rows: CreatedRows
}

/**
 * Runs one case: sets up its preconditions, then sends its requests and checks the replies.
 *
 * @throws InterruptedError when a gateway or a rate limit answered in place of the service.
 */
export async function runCase(one: ContractCase, run: RunContext): Promise<CaseOutcome> {
  try {
    const { tag, rows } = await prepare(one, run)
    return await runSteps([one, ...(one.next ?? [])], rows, { ...run, tag })
  } catch (error) {
    if (error instanceof NothingToInspectError) return { outcome: 'skipped', reason: error.message }
    if (error instanceof PreconditionFailedError) {
      const hint = error.mayRefuseFiles && !run.plan.hasFiles ? `: ${FILES_ARE_CHECKED}` : ''
      return { outcome: 'inconclusive', reason: `a precondition failed: ${error.message}${hint}` }
    }
    if (error instanceof UnreachableError || error instanceof UndecidedError)
      return { outcome: 'inconclusive', reason: error.message }
    // A reply lacks a field that the next request is built from. The cases about that field report it.
    if (error instanceof TypeError)
      return { outcome: 'inconclusive', reason: 'a reply lacks a field that the next request needs' }
    throw error
  }
}

async function prepare({ preconditions = [], shared }: ContractCase, run: RunContext): Promise<SharedPreconditions> {
  if (shared === true) return await run.share(preconditions)
  return { tag: run.tag, rows: await setUp(preconditions, run, run.plan.mode === 'read-only') }
}

async function runSteps(steps: readonly Step[], rows: CreatedRows, run: RunContext): Promise<CaseOutcome> {
  const replies: Reply[] = []
  const context = createCaseContext(run.tag, rows, replies)
  const ids = idsOf(rows)

  for (const step of steps) {
    for (const request of requestsOf(step, context, run.plan)) {
      const reply = await run.send(request, ids)
      replies.push(reply)

      const outcome = await evaluate(expectationOf(step, context, run.plan), reply, context, run)
      if (outcome !== undefined) return outcome
    }
  }
  return { outcome: 'passed' }
}

function requestsOf({ request }: Step, context: CaseContext, { requestGeneration }: Plan): readonly CaseRequest[] {
  const requests = typeof request === 'function' ? request(context, requestGeneration) : request
  return isList(requests) ? requests : [requests]
}

const isList = (requests: CaseRequest | readonly CaseRequest[]): requests is readonly CaseRequest[] =>
  Array.isArray(requests)

const expectationOf = ({ expect }: Step, context: CaseContext, { requestGeneration }: Plan): Expect =>
  typeof expect === 'function' ? expect(context, requestGeneration) : expect

/** The path parameters of requests that do not set their own. */
function idsOf({ integrations: [integration], tickets: [ticket] }: CreatedRows): Readonly<Record<string, string>> {
  return {
    ...(integration !== undefined && { integration_id: integration.id }),
    ...(ticket !== undefined && { ticket_id: ticket.id }),
  }
}

/** Undefined if the reply is as expected. */
async function evaluate(
  expect: Expect,
  reply: Reply,
  context: CaseContext,
  run: RunContext,
): Promise<CaseOutcome | undefined> {
  const mismatch = catchTypeErrors(() => mismatchOf(expect, reply, context, run.plan.mode !== 'read-only'))
  if (mismatch === undefined) return undefined

  const reason = await inconclusiveReason(expect, reply, run)
  if (reason !== undefined) return { outcome: 'inconclusive', reason }
  return { outcome: 'failed', reason: describeRequest(reply), ...mismatch }
}

/** Runs a check. A reply that lacks the fields to check is a mismatch too. */
export function catchTypeErrors(check: () => Mismatch | undefined): Mismatch | undefined {
  try {
    return check()
  } catch (error) {
    if (error instanceof TypeError)
      return { expected: 'a reply with the fields of its schema', actual: 'a reply that lacks some' }
    throw error
  }
}

/** Why a reply proves nothing about the contract: the token has expired, or the backend or a platform refuses made-up data. */
async function inconclusiveReason(
  expect: Expect,
  reply: Reply,
  { isAuthorized, plan: { hasFiles } }: RunContext,
): Promise<string | undefined> {
  const { status } = reply
  const answer = `${describeRequest(reply)} returned ${describeAnswer(reply)}`
  if (!hasFiles && refusesFiles(reply)) return `${answer}: ${FILES_ARE_CHECKED}`
  if (status === expectedStatus(expect, reply)) return undefined

  if (isInterruption(reply)) throw new InterruptedError(reply)
  if ((status === 401 || status === 403) && !(await isAuthorized())) return `${answer}: the token is no longer accepted`
  if (!hasFiles && mayRefuseFiles(reply)) return `${answer}: ${FILES_ARE_CHECKED}`
  if (reply.fields['code'] === 'external_creation_failed')
    return `${answer}: the platform rejects tickets with made-up credentials`
  return isPlatformFailure(reply)
    ? `${answer}: the platform cannot be reached, or rejects made-up credentials`
    : undefined
}
