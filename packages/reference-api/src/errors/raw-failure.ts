/** An error that the existing backend answers with: a status and a text, no code. */
export class Failure extends Error {
  readonly status: 400 | 500
  readonly detail: string

  constructor(status: 400 | 500, detail: string) {
    super(`the existing backend answers ${status}`)
    this.status = status
    this.detail = detail
  }
}
