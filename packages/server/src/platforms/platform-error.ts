/** A request to a platform could not be built, or got no answer. The message is for users: it quotes no credential or reply. */
export class PlatformError extends Error {
  override readonly name = 'PlatformError'
  /** Whether the platform may have received the request. */
  readonly isSent: boolean

  constructor(message: string, { isSent = false }: { readonly isSent?: boolean } = {}) {
    super(message)
    this.isSent = isSent
  }
}
