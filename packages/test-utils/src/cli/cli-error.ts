/** What keeps the command from being run or finished; the message is for whoever typed it. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
}
