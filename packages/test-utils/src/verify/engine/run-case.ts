import type { ContractCase, Expect, Fault, Step } from '../model/case.ts'
import { createRows, type Made, type Rows } from '../model/case-context.ts'
import type { CaseRequest } from '../model/case-request.ts'
import { describeAnswer, describeRequest } from '../model/describe.ts'
import { mismatchOf, statusOf } from '../model/match-reply.ts'
import type { Reply } from '../model/observed-reply.ts'
import type { GivenName } from '../model/precondition-names.ts'
import { NothingToInspect, PreconditionFailed, setUp } from '../model/preconditions.ts'
import type { CaseResult } from '../model/report.ts'
import { NotReached } from './http-client.ts'
import type { Plan } from './plan.ts'

/** How a case ended. */
export type CaseOutcome = Pick<CaseResult, 'outcome' | 'reason' | 'expected' | 'actual'>

interface Surroundings {
  readonly plan: Plan
  readonly tag: string
  readonly ask: (ask: CaseRequest, ids?: Readonly<Record<string, string>>) => Promise<Reply>
  readonly isLetIn: () => Promise<boolean>
  /** What cases that change nothing are given together. */
  readonly share: (names: readonly GivenName[]) => Promise<Shared>
}

/** Rows for several cases, and the text that they begin with. */
export interface Shared {
  readonly tag: string
  readonly made: Made
}

/** Tries one case. */
export async function runCase(one: ContractCase, around: Surroundings): Promise<CaseOutcome> {
  try {
    const { tag, made } = await give(one, around)
    return await follow([one, ...(one.next ?? [])], made, { ...around, tag })
  } catch (error) {
    if (error instanceof NothingToInspect) return { outcome: 'skipped', reason: error.message }
    if (error instanceof PreconditionFailed)
      return { outcome: 'inconclusive', reason: `what it is given is not there: ${error.message}` }
    if (error instanceof NotReached) return { outcome: 'inconclusive', reason: error.message }
    // A row without a field that the next request is made of: that it is missing is told by the cases about it.
    if (error instanceof TypeError)
      return { outcome: 'inconclusive', reason: 'a reply lacks what the next request needs' }
    throw error
  }
}

async function give({ given = [], shared }: ContractCase, around: Surroundings): Promise<Shared> {
  if (shared === true) return await around.share(given)
  return { tag: around.tag, made: await setUp(given, around, around.plan.mode === 'read-only') }
}

async function follow(steps: readonly Step[], made: Made, around: Surroundings): Promise<CaseOutcome> {
  const replies: Reply[] = []
  const rows = createRows(around.tag, made, replies)
  const ids = idsOf(made)

  for (const step of steps) {
    for (const ask of asksOf(step, rows, around.plan)) {
      const reply = await around.ask(ask, ids)
      replies.push(reply)

      const expect = expectOf(step, rows, around.plan)
      const ending = await judge(expect, reply, rows, around)
      if (ending !== undefined) return ending
    }
  }
  return { outcome: 'passed' }
}

async function judge(expect: Expect, reply: Reply, rows: Rows, around: Surroundings): Promise<CaseOutcome | undefined> {
  const fault = catchTypeErrors(() => mismatchOf(expect, reply, rows, around.plan.mode !== 'read-only'))
  if (fault === undefined) return undefined

  const unclear = await whyUnclear(expect, reply, around)
  return unclear === undefined ? failed(fault, reply) : { outcome: 'inconclusive', reason: unclear }
}

/** The fault that is found; a reply in which nothing can be looked for is one too. */
export function catchTypeErrors(find: () => Fault | undefined): Fault | undefined {
  try {
    return find()
  } catch (error) {
    if (error instanceof TypeError) return { expected: 'a reply with the fields of its schema', actual: 'one without' }
    throw error
  }
}

const failed = ({ expected, actual }: Fault, reply: Reply): CaseOutcome => ({
  outcome: 'failed',
  reason: describeRequest(reply),
  expected,
  actual,
})

/** An answer that says nothing of the contract: too many calls, a service that is down, a token that has ended. */
async function whyUnclear(expect: Expect, reply: Reply, { isLetIn }: Surroundings): Promise<string | undefined> {
  const { status } = reply
  if (status === statusOf(expect, reply)) return undefined
  const said = `${describeRequest(reply)} is answered with ${describeAnswer(reply)}`
  if (status === 429 || status === 503 || status === 504) return said
  if ((status === 401 || status === 403) && !(await isLetIn())) return `${said}: the token is no longer let in`
  return reply.fields['code'] === 'external_creation_failed'
    ? `${said}: the platform does not take tickets with made-up credentials`
    : undefined
}

function asksOf({ request }: Step, rows: Rows, { spoken }: Plan): readonly CaseRequest[] {
  const asks = typeof request === 'function' ? request(rows, spoken) : request
  return isList(asks) ? asks : [asks]
}

const isList = (asks: CaseRequest | readonly CaseRequest[]): asks is readonly CaseRequest[] => Array.isArray(asks)

const expectOf = ({ expect }: Step, rows: Rows, { spoken }: Plan): Expect =>
  typeof expect === 'function' ? expect(rows, spoken) : expect

/** The rows that a request is about, when it does not say others. */
function idsOf({ integrations: [integration], tickets: [ticket] }: Made): Readonly<Record<string, string>> {
  return {
    ...(integration !== undefined && { integration_id: integration.id }),
    ...(ticket !== undefined && { ticket_id: ticket.id }),
  }
}
