/** The members of `process` that the commands use. Tests pass their own. */
export interface ProcessIo {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly stdout: NodeJS.WritableStream
  readonly stderr: NodeJS.WritableStream
  /** Calls a listener when a signal arrives. */
  readonly once: (signal: 'SIGINT' | 'SIGTERM', listener: () => void) => unknown
}
