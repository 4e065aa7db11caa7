import { type JsonObject, problems } from '@ai-ticket-creator/domain'
import { isJsonObject } from '@ai-ticket-creator/domain/internal'
import type { Invariant, Mismatch } from '../../model/case.ts'
import { describeObserved, issuesOf } from '../../model/describe.ts'
import type { Reply } from '../../model/observed-reply.ts'
import { SPEC } from '../../model/spec-references.ts'
import { refused } from './selectors.ts'

/** Problems and their issues. */
export const problemFormat: readonly Invariant[] = [
  {
    id: 'refusals/problem',
    title: 'A problem has a detail and a documented code with its status',
    specReference: SPEC.refusals,
    appliesTo: refused,
    check: checkProblem,
  },
  {
    id: 'refusals/issues',
    title: 'An issue has a type, a location, a message and a known code, and does not repeat the value',
    specReference: SPEC.refusals,
    appliesTo: (reply) => refused(reply) && issuesOf(reply.json).length > 0,
    check: checkIssues,
  },
]

function checkProblem({ json, status }: Reply): Mismatch | undefined {
  if (!isJsonObject(json)) return { expected: 'an object with `detail` and `code`', actual: 'no object' }
  const { code, detail } = json
  const problem = Object.entries(problems).find(([known]) => known === code)?.[1]
  if (problem === undefined) return { expected: '`code`: a documented code', actual: describeObserved(code) }
  if (problem.status !== status)
    return { expected: `${problem.status} for \`${String(code)}\``, actual: String(status) }
  return (typeof detail === 'string' && detail !== '') || (Array.isArray(detail) && detail.length > 0)
    ? undefined
    : { expected: '`detail`: a string or a list', actual: 'neither' }
}

function checkIssues({ json }: Reply): Mismatch | undefined {
  const wrong = issuesOf(json).find((issue) => !isIssue(issue))
  return wrong === undefined
    ? undefined
    : { expected: '`type`, `loc`, `msg`, a known `code`, and no `input`', actual: Object.keys(wrong).join(', ') }
}

function isIssue(issue: JsonObject): boolean {
  const hasStrings = ['type', 'msg', 'code'].every((name) => typeof issue[name] === 'string')
  const isKnown = Object.entries(problems).some(
    ([code, problem]) => code === issue['code'] && problem.isFieldIssue === true,
  )
  return hasStrings && Array.isArray(issue['loc']) && !Object.hasOwn(issue, 'input') && isKnown
}
