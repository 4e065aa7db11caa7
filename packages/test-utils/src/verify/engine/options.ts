import type { Generation } from '@ai-ticket-creator/domain'
import type { Fetch } from '../../core/fetch.ts'
import type { CaseResult, VerifyReport } from '../model/report.ts'

/** What is to be verified, and how. */

export interface VerifyOptions {
  /** Where the API lives; a trailing `/api/v1` is accepted. */
  readonly baseUrl: string | URL
  readonly token: string
  /** Someone of another organization: with it the cases about what others may see are tried as well. */
  readonly otherTenantToken?: string | undefined
  /** Default: `auto`, which finds out and says how. */
  readonly generation?: Generation | 'auto' | undefined
  /**
   * `read-only`, the default, sends GET alone and looks at what is there. `full` makes rows of its own and deletes them.
   * `strict` does the same under `Prefer: handling=strict`: what a consumer does that is done with the old words.
   */
  readonly mode?: VerifyReport['mode'] | undefined
  /** Default: the global one, as it is at each call. */
  readonly fetch?: Fetch | undefined
  /** Only cases whose id begins with one of these. */
  readonly filter?: readonly string[] | undefined
  /** Decides what is generated. A whole number from 0 to 4294967295. Default: another one for each run. */
  readonly seed?: number | undefined
  /** Ends the run; what it made is deleted all the same. */
  readonly signal?: AbortSignal | undefined
  /** Told of each case when it has ended. */
  readonly onResult?: ((result: CaseResult) => void) | undefined
  /** Told how far the run has come. */
  readonly onProgress?: ((progress: Progress) => void) | undefined
}
/** How far a run has come. */

export interface Progress {
  readonly done: number
  readonly total: number
  /** Of the case that has ended last. */
  readonly title: string
}
