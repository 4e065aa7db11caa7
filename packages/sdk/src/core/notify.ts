/** A function of the caller's that is told something. */
export type Handler<T> = ((news: T) => void) | undefined

/** Tells a handler. Whatever goes wrong in it, at once or later, is not the call's concern. */
export function tell<T>(handler: Handler<T>, news: T): void {
  const told = async (): Promise<void> => handler?.(news)
  told().catch(() => {})
}
