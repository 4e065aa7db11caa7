// docs/retries.md: the table of the retry policy, in words.
import { RETRY_POLICY } from '../../packages/sdk/src/transport/retry/policy.ts'
import { replaceSection } from './section.mjs'

export const retryTable = { file: 'docs/retries.md', render: (text) => replaceSection(text, table()) }

const kinds = {
  read: 'GET',
  delete: 'DELETE',
  write: 'PUT, PATCH',
  post: 'POST',
  path: 'a write by `client.request` to a path',
}

const reasons = {
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

function table() {
  const asked = Object.keys(RETRY_POLICY)
  const rows = Object.keys(RETRY_POLICY.read).map((reason) => [
    wordsFor(reasons, reason),
    ...asked.map((kind) => wordsFor(verdicts, RETRY_POLICY[kind][reason])),
  ])
  const head = ['', ...asked.map((kind) => wordsFor(kinds, kind))]
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

// A new row or column of the policy must not be missing from the table.
function wordsFor(words, key) {
  if (!Object.hasOwn(words, key)) throw new Error(`scripts/docs/retries.mjs has no words for ${key}`)
  return words[key]
}
