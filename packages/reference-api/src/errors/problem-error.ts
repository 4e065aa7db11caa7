import { type Issue, type Problem, type ProblemCode, problems } from '@ai-ticket-creator/domain'

/** A request that is refused: thrown anywhere below a handler, made a reply in one place. */
export class Refusal extends Error {
  readonly problem: Problem
  readonly headers: Readonly<Record<string, string>>

  constructor(
    code: ProblemCode,
    detail: string | readonly Issue[],
    more: Omit<Problem, 'code' | 'detail'> & { headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(code)
    const { headers = {}, ...members } = more
    this.problem = { detail, code, ...members }
    this.headers = headers
  }

  get status(): number {
    return problems[this.problem.code].status
  }
}

/** One faulty field, or several: the first hundred, since a long list can be wrong at every item. */
export const invalid = (issues: readonly Issue[]): Refusal => new Refusal('validation_failed', issues.slice(0, 100))

export const pathNotFound = (): Refusal => new Refusal('not_found', 'Not Found')
export const integrationNotFound = (): Refusal => new Refusal('not_found', 'Integration not found')
export const ticketNotFound = (): Refusal => new Refusal('not_found', 'Ticket not found')
