import { expect, test } from 'vitest'
import { RETRY_POLICY } from '../src/transport/retry/policy.ts'

type Kind = keyof typeof RETRY_POLICY
type Reason = keyof (typeof RETRY_POLICY)[Kind]

const kinds: Readonly<Record<Kind, string>> = {
  read: 'GET',
  delete: 'DELETE',
  write: 'PUT, PATCH',
  post: 'POST',
  path: 'a write by `client.request` to a path',
}

const reasons: Readonly<Record<Reason, string>> = {
  unreachable: 'no connection',
  rate_limited: '429',
  in_flight: '409, an earlier attempt is still running',
  connection_lost: 'the connection broke, or `timeout` elapsed',
  timeout: '408, or 502 and 504 of a gateway',
  unavailable: '503, other 5xx',
  server_error: '500',
}

const verdicts = {
  yes: 'yes',
  key: 'if `idempotency-key` is announced',
  unconditional: 'unless it has an `If-Match`',
  no: 'no',
}

test('the page about retries has the table of the policy', async () => {
  // Object.keys types the keys as texts.
  const columns = Object.keys(kinds) as Kind[]
  const rows = (Object.keys(reasons) as Reason[]).map((reason) => [
    reasons[reason],
    ...columns.map((kind) => verdicts[RETRY_POLICY[kind][reason]]),
  ])
  const table = [['', ...columns.map((kind) => kinds[kind])], ['', ...columns].map(() => '---'), ...rows]

  await expect(table.map((cells) => `| ${cells.join(' | ')} |`).join('\n')).toBeTheSectionOf('../../../docs/retries.md')
})
