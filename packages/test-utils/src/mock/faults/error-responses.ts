import { GENERATIONS, type Generation, type ProblemCode, problems } from '@ai-ticket-creator/domain'
import { checkOneOf } from '../../core/check-options.ts'
import type { Fault } from './fault.ts'

/**
 * The API refuses the request and does not execute it. A code of `problems` in `@ai-ticket-creator/domain` is sent with its
 * status. A status from 400 to 599 is sent with the first code that has this status. If no code has it, the reply has only
 * `detail`; for a status from 500 it also has the code `internal`.
 *
 * ```ts
 * api.faults.add({ endpoint: 'tickets.update', fault: errorResponse('version_conflict'), times: 1 })
 * ```
 *
 * @throws RangeError for another status or an unknown code.
 */
export function errorResponse(codeOrStatus: ProblemCode | number): Fault {
  const { status, problem } = typeof codeOrStatus === 'number' ? forStatus(codeOrStatus) : forCode(codeOrStatus)
  return {
    name: `errorResponse(${codeOrStatus})`,
    apply: ({ respondWithProblem }) => respondWithProblem(status, problem),
  }
}

/**
 * A proxy answers with an HTML page, and the request is not executed. The status may also be a success. Default: 502.
 *
 * @throws RangeError for a status outside of 200 to 599, and for 204, 205 and 304, which have no body.
 */
export function htmlResponse(status = 502): Fault {
  if (!isWithin(status, 200) || WITHOUT_BODY.includes(status))
    throw new RangeError(`\`htmlResponse\` takes a status from 200 to 599 that has a body, not ${status}`)

  const page = `<!DOCTYPE html><html><body><h1>${status}</h1><p>The service is not available.</p></body></html>\n`
  return {
    name: `htmlResponse(${status})`,
    apply: async () => new Response(page, { status, headers: { 'Content-Type': 'text/html; charset=utf-8' } }),
  }
}

/** A `Response` of these statuses cannot have a body. */
const WITHOUT_BODY: readonly number[] = [204, 205, 304]

const isWithin = (status: number, min: number): boolean => Number.isInteger(status) && status >= min && status <= 599

/**
 * A deployment or rollback during the test: the API changes its generation before it executes the request.
 *
 * @throws RangeError for an unknown generation.
 */
export function switchGeneration(to: Generation): Fault {
  checkOneOf('`switchGeneration`: there is no generation', to, GENERATIONS)
  return {
    name: `switchGeneration(${to})`,
    apply: async ({ next, switchGeneration }) => {
      switchGeneration(to)
      return next()
    },
  }
}

interface ErrorBody {
  readonly status: number
  readonly problem: Readonly<Record<string, unknown>>
}

function forStatus(status: number): ErrorBody {
  if (!isWithin(status, 400)) throw new RangeError(`\`errorResponse\` takes a status from 400 to 599, not ${status}`)

  // Object.keys returns string[]; these are exactly the keys of `problems`.
  const codes = Object.keys(problems) as ProblemCode[]
  const code = codes.find((one) => problems[one].status === status)
  if (code !== undefined) return forCode(code)
  const detail = `injected: ${status}`
  return { status, problem: status >= 500 ? { detail, code: 'internal' } : { detail } }
}

function forCode(code: ProblemCode): ErrorBody {
  checkOneOf('`errorResponse`: there is no code', code, Object.keys(problems))

  const { status, isFieldIssue }: { status: number; isFieldIssue?: true } = problems[code]
  const detail = `injected: ${code}`
  if (isFieldIssue === undefined) return { status, problem: { detail, code } }
  // The code of a single field is sent inside a list of issues.
  const issue = { type: 'value_error', loc: ['body'], msg: detail, code }
  return { status, problem: { detail: [issue], code: 'validation_failed' } }
}
