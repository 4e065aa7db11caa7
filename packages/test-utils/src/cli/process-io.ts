/** What the command has of its process; `process` is one. */
export interface ProcessIo {
  readonly env: NodeJS.ProcessEnv
  readonly stdin: Readable
  readonly stdout: Writable
  readonly stderr: Writable
  readonly on: (name: 'SIGINT' | 'SIGTERM', listener: (name: 'SIGINT' | 'SIGTERM') => void) => unknown
  readonly off: (name: 'SIGINT' | 'SIGTERM', listener: (name: 'SIGINT' | 'SIGTERM') => void) => unknown
  /** At once, for who asks twice. */
  readonly exit: (code: number) => void
}

type Readable = NodeJS.ReadableStream & { readonly isTTY?: boolean | undefined }
export type Writable = NodeJS.WritableStream & { readonly isTTY?: boolean | undefined; readonly columns?: number }
