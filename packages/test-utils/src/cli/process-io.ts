/** The parts of its process that the command uses. `process` has them; tests pass their own. */
export interface ProcessIo {
  readonly env: NodeJS.ProcessEnv
  readonly stdin: Readable
  readonly stdout: Writable
  readonly stderr: Writable
  readonly on: (name: 'SIGINT' | 'SIGTERM', listener: (name: 'SIGINT' | 'SIGTERM') => void) => unknown
  readonly off: (name: 'SIGINT' | 'SIGTERM', listener: (name: 'SIGINT' | 'SIGTERM') => void) => unknown
  /** Ends the process at once, for example after a second Ctrl-C. */
  readonly exit: (code: number) => void
}

type Readable = NodeJS.ReadableStream & { readonly isTTY?: boolean | undefined }
export type Writable = NodeJS.WritableStream & { readonly isTTY?: boolean | undefined; readonly columns?: number }

/** Resolves when the text is flushed: a process that exits earlier may lose what is still in a pipe. */
export const print = (stream: Writable, text: string): Promise<void> =>
  new Promise((resolve) => void stream.write(text, () => resolve()))
