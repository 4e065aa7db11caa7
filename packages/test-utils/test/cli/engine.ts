import type { Engine } from '../../src/cli/verify-command.ts'
import { outcomeOf } from '../../src/verify/outcome.ts'
import type { CaseResult } from '../../src/verify/report.ts'

/** A few cases over real HTTP, by which the command is tried: how it ends, what it writes, what it cleans up. */
export const engine: Engine = async ({
  baseUrl,
  token,
  mode,
  generation,
  only = [''],
  seed = 1,
  signal,
  onProgress,
}) => {
  const startedAt = new Date()
  const results: CaseResult[] = []
  let reason: string | undefined

  const ask = (path: string, init: RequestInit = {}, stop: AbortSignal | undefined = signal) =>
    fetch(`${baseUrl}/api/v1/${path}`, {
      ...init,
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      ...(stop === undefined ? {} : { signal: stop }),
    })
  const cases = CASES.filter(({ id }) => only.some((start) => id.startsWith(start)))
  try {
    for (const [index, one] of cases.entries()) {
      onProgress({ done: index, total: cases.length, title: one.title })
      const base = { id: one.id, title: one.title, endpoint: one.endpoint, severity: 'error', source: 'test' } as const
      if (one.writes && mode === 'read-only') {
        results.push({ ...base, outcome: 'skipped', reason: 'it writes', durationMs: 0 })
        continue
      }
      const actual = await one.run(ask)
      results.push({
        ...base,
        outcome: actual === one.expected ? 'passed' : 'failed',
        expected: one.expected,
        actual,
        durationMs: 1,
      })
    }
  } catch (error) {
    const { message, cause } = error as Error
    reason = cause instanceof Error ? `${message}: ${cause.message}` : message
  }
  return {
    baseUrl,
    mode,
    generation: generation === 'auto' ? undefined : generation,
    evidence: 'asked for',
    seed,
    outcome: outcomeOf(results, reason),
    reason,
    results,
    startedAt: startedAt.toISOString(),
    durationMs: Date.now() - startedAt.getTime(),
  }
}

type Ask = (path: string, init?: RequestInit, stop?: AbortSignal) => Promise<Response>

interface Case {
  readonly id: string
  readonly title: string
  readonly endpoint: CaseResult['endpoint']
  readonly writes: boolean
  readonly expected: string
  readonly run: (ask: Ask) => Promise<string>
}

async function rowsOf(ask: Ask, query: string): Promise<string> {
  const response = await ask(`integrations/${query}`)
  const text = await response.text()
  if (response.status === 401) throw new Error('not let in: 401')
  if (!text.startsWith('[')) throw new Error(`no API answers there: ${text.slice(0, 40)}`)
  const rows: unknown[] = JSON.parse(text)
  return `${rows.length} rows`
}

const CASES: readonly Case[] = [
  {
    id: 'integrations.list/empty',
    title: 'a list without rows is empty',
    endpoint: 'integrations.list',
    writes: false,
    expected: '0 rows',
    run: (ask) => rowsOf(ask, ''),
  },
  {
    id: 'integrations.list/limit',
    title: 'a page has no more rows than its limit',
    endpoint: 'integrations.list',
    writes: false,
    expected: '0 rows',
    run: (ask) => rowsOf(ask, '?limit=1'),
  },
  {
    id: 'integrations.create/kept',
    title: 'what is created is there',
    endpoint: 'integrations.create',
    writes: true,
    expected: '200',
    async run(ask) {
      const body = JSON.stringify({ name: 'verify', platform_name: 'jira', integration_category: 'ticketing' })
      const reply = await ask('integrations/', { method: 'POST', body })
      const { id } = (await reply.json()) as { readonly id: string }
      try {
        const { status } = await ask(`integrations/${id}`)
        return String(status)
      } finally {
        // Not with the signal of the run: what was made is deleted also after Ctrl-C.
        await ask(`integrations/${id}`, { method: 'DELETE' }, AbortSignal.timeout(5000))
      }
    },
  },
]
