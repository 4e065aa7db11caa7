// How long requests may run without a turn of the event loop. A `fetch` in process resolves at once: the pages of a long list
// would form one chain of microtasks, and no timer of the program could fire, not even the one of `totalTimeout`.
const LONGEST_CHAIN_MS = 50

let lastTurn = 0

/** Whether requests have run for so long that timers must get a chance to fire. */
export function shouldYield(): boolean {
  const now = performance.now()
  // Fake timers in a consumer's test replace the clock, so the time can go back.
  if (now < lastTurn) lastTurn = now
  return now - lastTurn > LONGEST_CHAIN_MS
}

/** Waits for the next turn of the event loop. */
export async function yieldToEventLoop(): Promise<void> {
  // A message is a task like any other. Unlike a timer it has no minimum delay.
  if (typeof MessageChannel !== 'undefined') {
    const { port1, port2 } = new MessageChannel()
    await new Promise((resolve) => {
      port1.addEventListener('message', resolve, { once: true })
      port1.start()
      port2.postMessage(undefined)
    })
    port1.close()
  }
  lastTurn = performance.now()
}
