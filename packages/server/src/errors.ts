/** The server or a command cannot continue. The message is for the operator: it says what to correct and quotes no secret. */
export class ServerError extends Error {
  override readonly name: string = 'ServerError'
}
