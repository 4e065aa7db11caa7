import { promisify } from 'node:util'
import type { Generation } from '@ai-ticket-creator/domain'
import newman, { type NewmanRun, type NewmanRunOptions, type NewmanRunSummary } from 'newman'
import { toCollection, toEnvironment } from '../src/postman/collection.ts'

/** Where a collection is sent, and further options of newman. */
export interface CollectionRun {
  readonly url: string
  readonly token: string
  readonly collection?: object
  readonly folder?: string
}

/** Runs the collection of a generation as newman on a command line does. */
export async function runCollection(
  generation: Generation,
  { url, token, ...options }: CollectionRun,
): Promise<NewmanRun> {
  const { run } = await promisify<NewmanRunOptions, NewmanRunSummary>(newman.run)({
    collection: toCollection(generation),
    environment: toEnvironment(),
    envVar: [
      { key: 'baseUrl', value: url },
      { key: 'token', value: token },
    ],
    reporters: [],
    ...options,
  })
  return run
}

/** The assertions that failed, each as `request: assertion: message`. */
export const failuresOf = ({ failures }: NewmanRun): string[] =>
  failures.map(({ source, error }) => `${source?.name}: ${error.test ?? error.name}: ${error.message}`)
