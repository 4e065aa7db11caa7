import { type EndpointId, endpointOf, type Generation, isAvailable, replacementRoute } from '@ai-ticket-creator/domain'
import { changesAccepting, fieldsOf, wireSchema } from '@ai-ticket-creator/domain/internal'
import type { UsageEntry } from './usage.ts'
import type { UsageResult } from './usage-report.ts'
import { type Breakage, toUsageResult } from './usage-result.ts'

/** The result for one use of the API. If the endpoint is not available, only the use of kind `endpoint` has a result. */
export function requestFindings(use: UsageEntry, generation: Generation): readonly UsageResult[] {
  const { kind, endpoint, name, callSite, count } = use
  if (kind !== 'endpoint' && !isAvailable(endpoint, generation)) return []

  const id = `usage.${kind}.${endpoint}${kind === 'endpoint' ? '' : `.${name}`}`
  const breakage = breakageOf(use, generation)
  return [toUsageResult({ id, endpoint, severity: 'error', title: titleOf(use), breakage, name, count, callSite })]
}

function titleOf({ kind, endpoint, name }: UsageEntry): string {
  if (kind === 'endpoint') return `${name} is available`
  if (kind === 'code') return `${endpoint} can return \`${name}\``
  return `${endpoint} accepts \`${name}\`${kind === 'query' ? ' as a filter' : ''}`
}

function breakageOf(use: UsageEntry, generation: Generation): Breakage {
  if (use.kind === 'endpoint') return routeBreakage(use.endpoint, generation)
  // Every generation that has an endpoint has its error codes.
  return use.kind === 'code' ? undefined : fieldBreakage(use, generation)
}

function routeBreakage(endpoint: EndpointId, generation: Generation): Breakage {
  if (isAvailable(endpoint, generation)) return undefined
  const { method, path } = endpointOf(endpoint)
  const moved = replacementRoute(endpoint)
  const title = `${method} ${path} is not available in ${generation}`
  if (moved === undefined) return { title, reason: `${generation} has no such endpoint` }
  const to = endpointOf(moved.to)
  return { title, reason: moved.change.summary, expected: `${to.method} ${to.path}` }
}

function fieldBreakage({ kind, endpoint, name, generation: recordedIn }: UsageEntry, generation: Generation): Breakage {
  const part = kind === 'query' ? 'query' : 'body'
  if (recordedIn === generation || accepts(endpoint, part, name, generation)) return undefined

  const change = changesAccepting(endpoint, part).find(({ retired }) => Object.hasOwn(retired, name))
  const replacement = change?.retired[name]?.replacement
  if (generation === 'current' && change !== undefined)
    return {
      title: `\`${name}\` of ${endpoint} is refused in current`,
      reason: change.summary,
      expected: `\`${replacement}\``,
    }
  if (generation === 'current')
    return { title: `\`${name}\` of ${endpoint} is refused in current`, reason: 'no such field' }
  // Older generations ignore unknown fields. A field that was ignored before is still ignored: nothing breaks.
  if (!accepts(endpoint, part, name, recordedIn)) return undefined
  return { title: `\`${name}\` of ${endpoint} is ignored in ${generation}`, reason: `${generation} has no such field` }
}

function accepts(endpoint: EndpointId, part: 'body' | 'query', name: string, generation: Generation): boolean {
  const schema = wireSchema(endpoint, part, generation)
  if (schema !== undefined && fieldsOf(schema).includes(name)) return true
  // Fields of a reply are accepted when they are sent back.
  const { entities = [] } = endpointOf(endpoint)
  return part === 'body' && entities.flatMap(fieldsOf).includes(name)
}
