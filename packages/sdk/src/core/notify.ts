/** A function of the caller's that is told something. */
export type Listener<T> = ((news: T) => void) | undefined

/** Tells a handler. Whatever goes wrong in it, at once or later, is not the call's concern. */
export function notify<T>(handler: Listener<T>, news: T): void {
  const told = async (): Promise<void> => handler?.(news)
  told().catch(() => {})
}
