import type { AppOptions } from '@ai-ticket-creator/reference-api'

/** An API with one defect. */
export interface Mutant {
  readonly id: string
  readonly kind: 'by hand' | 'mechanical' | 'by kind'
  /** The defect, in a line. */
  readonly defect: string
  readonly create: (options: AppOptions) => Promise<Fetch> | Fetch
}

/** Answers requests, like the `fetch` of an app. */
export type Fetch = (request: Request) => Promise<Response>
