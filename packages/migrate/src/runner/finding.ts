/** What the pre-flight check found. A `stop` prevents the first step; a `note` does not. */
export interface Finding {
  readonly level: 'stop' | 'note'
  readonly message: string
}

export const stop = (message: string): Finding => ({ level: 'stop', message })
export const note = (message: string): Finding => ({ level: 'note', message })
