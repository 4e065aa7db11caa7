import type { AppOptions } from '@ai-ticket-creator/reference-api'

/** An API with one defect. */
export interface Mutant {
  readonly id: string
  readonly kind: 'by hand' | 'mechanical'
  /** What is wrong, in a line. */
  readonly defect: string
  /** Opens it: from request to reply, as the sound app is. */
  readonly open: (options: AppOptions) => Promise<Answering> | Answering
}

/** Answers requests, as an app does. */
export type Answering = (request: Request) => Promise<Response>
