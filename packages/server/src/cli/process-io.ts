/** The parts of its process that the command uses. `process` has them; tests pass their own. */
export interface ProcessIo {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly stdout: NodeJS.WritableStream
  readonly stderr: NodeJS.WritableStream
  /** Calls a listener when a signal arrives. */
  readonly once: (signal: 'SIGINT' | 'SIGTERM', listener: () => void) => unknown
}
