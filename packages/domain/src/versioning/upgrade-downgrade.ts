import type { EndpointId } from '../contract/contract.ts'
import { mapEntities } from '../contract/reply-entities.ts'
import type { Issue } from '../problems/problems.ts'
import { has, isJsonObject, type JsonObject } from '../schema/json.ts'
import { applyDowngrade, applyUpgrade, type ChangeOutcome } from './changes/apply-change.ts'
import type { Change, DeprecatedUse, Location, Lookup, Resolvers } from './changes/change.ts'
import { changesAccepting, changesOf } from './changes/index.ts'
import { completeCategory } from './infer-category.ts'

export interface UpgradeOptions extends Resolvers {
  /** What the value is. Default: `body`. */
  readonly part?: Location
  /** The stored row in the current form; on an update it decides between two spellings that disagree. */
  readonly stored?: JsonObject | undefined
}

/** A value in the new spelling, with what was found on the way. */
export interface Upgrade<T = unknown> {
  readonly body: T
  /** The old names in it, also those that could not be converted. */
  readonly used: readonly DeprecatedUse[]
  /** Why a field could not be converted: it stays as it was. */
  readonly issues: readonly Issue[]
  /** Names that need an answer: pass `idOf` and call again. */
  readonly lookups: readonly Lookup[]
  /** New field → the old field its value came from. */
  readonly origins: Readonly<Record<string, string>>
}

/**
 * The new spelling of a request's body or query, or of a reply: old → current. Pure, never throws, and idempotent;
 * fields outside the changes stay untouched and in place, absent stays absent and null stays null.
 *
 * ```ts
 * upgrade('integrations.create', { name: 'JIRA Production', integration_type: 'jira', is_enabled: true }).body
 * // { name: 'JIRA Production', integration_category: 'ticketing', platform_name: 'jira', enabled: true }
 * ```
 */
export function upgrade(endpointId: EndpointId, value: JsonObject, options?: UpgradeOptions): Upgrade<JsonObject>
export function upgrade(endpointId: EndpointId, value: unknown, options?: UpgradeOptions): Upgrade
export function upgrade(endpointId: EndpointId, value: unknown, options: UpgradeOptions = {}): Upgrade {
  const { part = 'body', ...context } = options
  const changes = changesAccepting(endpointId, part).map((change) => ({ change, old: Object.keys(change.retired) }))
  const steps: ChangeOutcome[] = []

  const one = (entity: JsonObject): JsonObject => {
    let body = entity
    for (const { change, old } of changes) {
      // Most entities say nothing in old words, and lists are long.
      if (!old.some((key) => has(body, key))) continue
      const step = applyUpgrade(change, body, { ...context, part })
      body = step.body
      steps.push(step)
    }
    // Where spellings disagree it is not said which platform is meant.
    const clear = steps.every(({ issues }) => issues.length === 0)
    return part !== 'reply' && clear ? completeCategory(endpointId, part, body) : body
  }

  const body = part === 'reply' ? mapEntities(endpointId, value, one) : isJsonObject(value) ? one(value) : value
  return {
    body,
    used: steps.flatMap(({ used }) => used),
    issues: steps.flatMap(({ issues }) => issues),
    lookups: steps.flatMap(({ lookups }) => lookups),
    origins: Object.assign({}, ...steps.map(({ origins }) => origins)),
  }
}

export interface DowngradeOptions extends Resolvers {
  /** What the value is. Default: `body`. */
  readonly part?: Location
  /** Keep the new fields beside the old ones, as transitional replies do. Default: false. */
  readonly both?: boolean
}

/** A value in the old spelling. */
export interface Downgrade<T = unknown> {
  readonly body: T
  /** The changes whose fields have no old spelling here: they stay in the new one. */
  readonly unmapped: readonly Change[]
}

/**
 * The old spelling of a request's body or query, or of a reply: current → old. The inverse of `upgrade` on canonical
 * values: one spelling, a known platform with its category. Pure, never throws.
 */
export function downgrade(endpointId: EndpointId, value: JsonObject, options?: DowngradeOptions): Downgrade<JsonObject>
export function downgrade(endpointId: EndpointId, value: unknown, options?: DowngradeOptions): Downgrade
export function downgrade(endpointId: EndpointId, value: unknown, options: DowngradeOptions = {}): Downgrade {
  const { part = 'body', both = false, ...answers } = options
  const kept = new Set<Change>()

  const one = (entity: JsonObject): JsonObject =>
    changesOf(endpointId, part).reduceRight((body, change) => {
      const old = applyDowngrade(change, body, { ...answers, part }, both)
      if (old === undefined) kept.add(change)
      return old ?? body
    }, entity)

  const body = part === 'reply' ? mapEntities(endpointId, value, one) : isJsonObject(value) ? one(value) : value
  return { body, unmapped: [...kept] }
}
