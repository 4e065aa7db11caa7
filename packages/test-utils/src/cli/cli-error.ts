/** The command cannot run or finish. The message is for the person who called it. */
export class CliError extends Error {
  override readonly name = 'CliError'
}
