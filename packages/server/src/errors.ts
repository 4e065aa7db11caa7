/** The server or a command cannot go on. The message is for the person who operates it, and quotes no secret. */
export class ServerError extends Error {
  override readonly name: string = 'ServerError'
}
