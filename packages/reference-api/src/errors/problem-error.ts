import { type Issue, type Problem, type ProblemCode, problems } from '@ai-ticket-creator/domain'

/** Refuses a request. Thrown by handlers and the code that they call; `respondWithProblem` turns it into a reply. */
export class ProblemError extends Error {
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

/** Refuses invalid fields. Only the first hundred issues are listed: every item of a long list can be wrong. */
export const invalid = (issues: readonly Issue[]): ProblemError =>
  new ProblemError('validation_failed', issues.slice(0, 100))

/** Refuses a body that is not JSON. The text of the body may hold credentials, so it is private and no log shows it. */
export class MalformedJsonError extends ProblemError {
  readonly #text: string

  constructor(text: string) {
    super('validation_failed', [
      { type: 'json_invalid', loc: ['body'], msg: 'the body is not valid JSON', code: 'validation_failed' },
    ])
    this.#text = text
  }

  get text(): string {
    return this.#text
  }
}

export const pathNotFound = (): ProblemError => new ProblemError('not_found', 'Not Found')
export const integrationNotFound = (): ProblemError => new ProblemError('not_found', 'Integration not found')
export const ticketNotFound = (): ProblemError => new ProblemError('not_found', 'Ticket not found')
