import type { ProblemCandidate } from '../problems/problems.ts'
import { isPlatform } from './platforms.ts'

/** An integration of the caller's organization that may have the name. */
export interface NameCandidate extends ProblemCandidate {
  /** Default: false. */
  readonly deleted?: boolean
}

/** Why an integration cannot file tickets: `deleted`, a status other than `active`, or an unknown status. */
export type UnusableReason = 'deleted' | 'inactive' | 'pending' | 'error' | 'expired' | 'suspended' | (string & {})

/** The integration that a name resolves to. */
export interface ResolvedIntegration {
  readonly id: string
  /** `platform`: no integration has the name, but the name is a platform with exactly one integration. Worth a warning. */
  readonly via: 'name' | 'platform'
  readonly code?: never
}

/** Why a name resolves to no integration, or to an integration that cannot file tickets. */
export type UnresolvedIntegration =
  | { readonly code: 'integration_not_found'; readonly message: string }
  | {
      readonly code: 'integration_unusable'
      readonly id: string
      readonly reason: UnusableReason
      readonly message: string
    }
  | {
      readonly code: 'ambiguous_integration_name'
      readonly candidates: readonly ProblemCandidate[]
      readonly message: string
    }

/**
 * Finds the integration with a name among the integrations of one organization. Names are not unique, and the function never
 * guesses. A name resolves if exactly one integration that is not deleted has it after trimming. If none has it, a platform
 * such as `jira` resolves to its only integration. The integration must be `active` to file tickets. A name that only deleted
 * integrations have is ambiguous if there are several.
 */
export function resolveIntegrationName(
  name: string,
  candidates: Iterable<NameCandidate>,
  {
    legacyOnly = false,
  }: {
    /** The caller can send names only, so messages do not advise ids. Default: false. */ readonly legacyOnly?: boolean
  } = {},
): ResolvedIntegration | UnresolvedIntegration {
  const wanted = name.trim()
  const all = [...candidates]
  const live = all.filter(({ deleted = false }) => !deleted)

  const named = live.filter((candidate) => candidate.name.trim() === wanted)
  if (named.length > 1)
    return ambiguous(named, legacyOnly ? 'rename all but one of' : 'send `integration_id` with one of')
  const [one] = named
  if (one !== undefined) return checkUsable(one, 'name')

  const platform = wanted.toLowerCase()
  const onPlatform = isPlatform(platform) ? live.filter((candidate) => candidate.platform_name === platform) : []
  const [only] = onPlatform
  if (only !== undefined && onPlatform.length === 1) return checkUsable(only, 'platform')

  const deletedMatches = all.filter((candidate) => candidate.name.trim() === wanted)
  if (deletedMatches.length > 1) return ambiguous(deletedMatches, 'all of them are deleted, so use another one than')
  const [deleted] = deletedMatches
  if (deleted !== undefined) return unusable(deleted, 'deleted')
  return { code: 'integration_not_found', message: notFound(onPlatform.length, legacyOnly) }
}

/** The integration if it can file tickets, otherwise the reason why it cannot. */
export function checkUsable(
  candidate: NameCandidate,
  via: ResolvedIntegration['via'],
): ResolvedIntegration | UnresolvedIntegration {
  if (candidate.deleted) return unusable(candidate, 'deleted')
  return candidate.status === 'active' ? { id: candidate.id, via } : unusable(candidate, candidate.status)
}

function ambiguous(named: readonly NameCandidate[], remedy: string): UnresolvedIntegration {
  const candidates = named.map(({ id, name, platform_name, status }) => ({ id, name, platform_name, status }))
  return {
    code: 'ambiguous_integration_name',
    candidates,
    message: `${candidates.length} integrations have this name; ${remedy} ${candidates.map(({ id }) => id).join(', ')}`,
  }
}

const unusable = ({ id }: NameCandidate, reason: UnusableReason): UnresolvedIntegration => ({
  code: 'integration_unusable',
  id,
  reason,
  message: `integration ${id} is ${reason}; ${remedies.get(reason) ?? 'only an active one can file tickets'}`,
})

const remedies: ReadonlyMap<string, string> = new Map([
  ['deleted', 'use another one'],
  ['inactive', 'enable it first'],
  ['pending', 'activate it first'],
  ['error', 'its health check fails; fix the cause, then enable it'],
  ['expired', 'its credentials have expired; replace them'],
  ['suspended', 'it must be resumed first'],
])

function notFound(onPlatform: number, legacyOnly: boolean): string {
  if (onPlatform > 1)
    return `no integration has this name, and ${onPlatform} integrations are on the platform it names; send ${legacyOnly ? 'the name of one' : '`integration_id`'}`
  return `no integration has this name; list the integrations and send ${legacyOnly ? 'the name of one' : '`integration_id`'}`
}
