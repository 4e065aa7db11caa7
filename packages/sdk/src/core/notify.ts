/** A function that the caller passed to be called with each event. */
export type Listener<T> = ((event: T) => void) | undefined

/** Calls a listener. An exception or a rejection in it never fails the call. */
export function notify<T>(listener: Listener<T>, event: T): void {
  const run = async (): Promise<void> => listener?.(event)
  run().catch(() => {})
}
