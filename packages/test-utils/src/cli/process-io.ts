/** The parts of `process` that the command uses. Tests pass their own. */
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

/** Resolves when the text is flushed. If the process exits earlier, text in a pipe may be lost. */
export const print = (stream: Writable, text: string): Promise<void> =>
  new Promise((resolve) => void stream.write(text, () => resolve()))
