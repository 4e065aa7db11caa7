import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { propertyRun } from './property-run.ts'
import { bearer, fieldsOf, itemsOf, type Reply, send } from './send.ts'

/** A create of a ticket with an idempotency key. */
export interface KeyedCall {
  readonly key: string
  /** Empty: the ticket is refused. */
  readonly title: string
  /** Which of the apps or processes is called. */
  readonly app: number
}

/** Calls that run at the same time. */
export const keyedCalls: fc.Arbitrary<readonly KeyedCall[]> = fc.array(
  fc.record({ key: fc.constantFrom('one', 'two'), title: fc.constantFrom('A', 'A', 'A', 'B', ''), app: fc.nat(1) }),
  { minLength: 2, maxLength: 8 },
)

/** KEYS_RUNS and KEYS_SEED set how often calls are drawn; `npm run test:deep` draws 10 000 times. */
export const keyedCallsRun = (title: string) => propertyRun(title, { size: 'KEYS_RUNS', seed: 'KEYS_SEED' }, 50)

/** Tests processes. `open` returns an API without rows, whose requests can go to any of them. */
export function describeKeyedCalls(name: string, open: () => Promise<OpenedApi>): void {
  test(`parallel calls, ${name}: one row and one reply for each key`, { timeout: 7_200_000 }, async () => {
    const { size: runs, seed } = keyedCallsRun(`parallel calls, ${name}`)

    await fc.assert(
      fc.asyncProperty(keyedCalls, async (calls) => {
        const api = await open()

        const replies = await Promise.all(calls.map((call) => sendUntilAnswered(api, call)))

        const rows = itemsOf(await send(api, 'GET /tickets/', undefined, bearer(api)))
        expect(faultsOf(calls, replies, rows.length)).toEqual([])
      }),
      { seed, numRuns: runs },
    )
  })
}

interface OpenedApi {
  readonly fetch: (request: Request) => Promise<Response>
  readonly token: string
}

/** Sends a call again while another one with its key is still running. */
async function sendUntilAnswered(api: OpenedApi, call: KeyedCall): Promise<Reply> {
  const body = { title: call.title, description: 'D' }
  const reply = await send(api, 'POST /tickets/', body, { ...bearer(api), 'Idempotency-Key': call.key })
  const isRunning = reply.status === 409 && fieldsOf(reply)['code'] === 'idempotency_in_flight'
  return isRunning ? sendUntilAnswered(api, call) : reply
}

/** Each key has one row and one reply, and only a call with another body or an invalid one is refused; else, what is wrong. */
export function faultsOf(calls: readonly KeyedCall[], replies: readonly Reply[], rows: number): readonly string[] {
  const answers = replies.map((reply, index) => ({ reply, key: calls[index]?.key, title: calls[index]?.title }))
  const byKey = Object.groupBy(
    answers.filter(({ reply }) => reply.status === 201),
    ({ key = '' }) => key,
  )
  const refused = answers.filter(({ reply }) => reply.status !== 201)

  return [
    ...Object.entries(byKey).flatMap(([key, done = []]) => [
      ...faultIf(new Set(done.map(({ reply }) => reply.text)).size !== 1, `${key} has different replies`),
      ...faultIf(new Set(done.map(({ title }) => title)).size !== 1, `${key} was accepted with different bodies`),
      ...faultIf(done.filter(({ reply }) => !isReplayed(reply)).length !== 1, `${key} did not run once`),
    ]),
    ...faultIf(rows !== Object.keys(byKey).length, `there are ${rows} rows`),
    ...refused.flatMap(({ reply, title }) => {
      const code = title === '' ? 'validation_failed' : 'idempotency_mismatch'
      return faultIf(reply.status !== 422 || fieldsOf(reply)['code'] !== code, `not ${code}: ${reply.text}`)
    }),
  ]
}

const faultIf = (isFault: boolean, fault: string): readonly string[] => (isFault ? [fault] : [])

/** Whether a reply is the stored one of an earlier call. */
export const isReplayed = ({ headers }: Reply): boolean => headers.get('Idempotency-Replayed') === 'true'
