import { GENERATIONS, type Generation, type ProblemCode, problems } from '@ai-ticket-creator/domain'
import { checkOneOf } from '../../core/check-options.ts'
import type { Fault } from './fault.ts'

/**
 * The API refuses the request: with a code of `problems` in `@ai-ticket-creator/domain` and its status, or with any status
 * from 400 to 599. The request is not executed.
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

/** A proxy answers with an HTML error page. The request is not executed. */
export const htmlResponse = (status = 502): Fault => ({
  name: `htmlResponse(${status})`,
  apply: async () =>
    new Response(`<!DOCTYPE html><html><body><h1>${status}</h1><p>The service is not available.</p></body></html>\n`, {
      status,
      headers: { 'Content-Type': 'text/html; charset=utf-8' },
    }),
})

/** A deployment or rollback during the test: with this request, the API changes its generation. */
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
  if (!(Number.isInteger(status) && status >= 400 && status <= 599))
    throw new RangeError(`\`errorResponse\` takes a status from 400 to 599, not ${status}`)

  // Object.keys returns string[]; these are exactly the keys of `problems`.
  const codes = Object.keys(problems) as ProblemCode[]
  const code = codes.find((one) => problems[one].status === status)
  if (code !== undefined) return forCode(code)
  const detail = `injected: ${status}`
  return { status, problem: status >= 500 ? { detail, code: 'internal' } : { detail } }
}

function forCode(code: ProblemCode): ErrorBody {
  checkOneOf('`errorResponse`: there is no code', code, Object.keys(problems))

  const { status, item }: { status: number; item?: true } = problems[code]
  const detail = `injected: ${code}`
  if (item === undefined) return { status, problem: { detail, code } }
  // The code of a single field is sent inside a list of issues.
  const issue = { type: 'value_error', loc: ['body'], msg: detail, code }
  return { status, problem: { detail: [issue], code: 'validation_failed' } }
}
