/** A check that has no answer of the platform. The message is for users: it quotes no credential and no reply. */
export class CheckError extends Error {
  override readonly name = 'CheckError'
}
