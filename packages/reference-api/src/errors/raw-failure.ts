/** An error of the existing backend: a status and a text, without a code. Only profiles throw it. */
export class RawFailureError extends Error {
  readonly status: 400 | 500
  readonly detail: string

  constructor(status: 400 | 500, detail: string) {
    super(`the existing backend answers ${status}`)
    this.status = status
    this.detail = detail
  }
}
