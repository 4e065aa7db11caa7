import type { EndpointId } from '../contract/contract.ts'
import { mapEntities } from '../contract/reply-entities.ts'
import type { Issue } from '../problems/problems.ts'
import { has, isJsonObject, type JsonObject } from '../schema/json.ts'
import { applyDowngrade, applyUpgrade, type ChangeOutcome } from './changes/apply-change.ts'
import type { Change, DeprecatedUse, Location, Lookup, Resolvers } from './changes/change.ts'
import { changesAccepting, changesOf } from './changes/index.ts'
import { completeCategory } from './infer-category.ts'

/** Options of `upgrade`. */
export interface UpgradeOptions extends Resolvers {
  /** What the value is: a body, a query or a reply. Default: `body`. */
  readonly part?: Location
  /** The stored row in the current form. On an update it decides between a retired and a new field that disagree. */
  readonly stored?: JsonObject | undefined
  /** The receiver accepts retired names only, so messages do not advise new ones. Default: false. */
  readonly legacyOnly?: boolean
}

/** The result of an upgrade. */
export interface Upgrade<T = unknown> {
  /** The value with the new names. */
  readonly body: T
  /** The retired names in the value, including those that could not be converted. */
  readonly used: readonly DeprecatedUse[]
  /** Why fields could not be converted. Those fields stay as they were. */
  readonly issues: readonly Issue[]
  /** Names to look up: pass `idOf` and call again. */
  readonly lookups: readonly Lookup[]
  /** New field → the retired field that its value came from. */
  readonly origins: Readonly<Record<string, string>>
}

/**
 * Converts the retired names in a request's body or query, or in a reply, to the new ones. Pure, idempotent, and never
 * throws. Other fields stay as they are and in place; absent stays absent and null stays null.
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

  const oldInReplies = part === 'reply' ? changes.flatMap(({ old }) => old) : []
  const convert = (entity: JsonObject): JsonObject => {
    // A shortcut, because most entities have no retired names, and lists are long.
    if (part === 'reply' && !oldInReplies.some((key) => has(entity, key))) return entity
    let body = entity
    for (const { change, old } of changes) {
      if (!old.some((key) => has(body, key))) continue
      const step = applyUpgrade(change, body, { ...context, part })
      body = step.body
      steps.push(step)
    }
    // If names disagree, the platform is uncertain, so no category is added.
    const isCertain = steps.every(({ issues }) => issues.length === 0)
    return part !== 'reply' && isCertain ? completeCategory(endpointId, part, body) : body
  }

  const body = part === 'reply' ? mapEntities(endpointId, value, convert) : isJsonObject(value) ? convert(value) : value
  return {
    body,
    used: steps.flatMap(({ used }) => used),
    issues: steps.flatMap(({ issues }) => issues),
    lookups: steps.flatMap(({ lookups }) => lookups),
    origins: Object.assign({}, ...steps.map(({ origins }) => origins)),
  }
}

/** Options of `downgrade`. */
export interface DowngradeOptions extends Resolvers {
  /** What the value is: a body, a query or a reply. Default: `body`. */
  readonly part?: Location
  /** Keep the new fields beside the retired ones, as transitional replies do. Default: false. */
  readonly both?: boolean
}

/** The result of a downgrade. */
export interface Downgrade<T = unknown> {
  /** The value with the retired names. */
  readonly body: T
  /** The changes whose fields cannot be expressed with the retired names: these fields stay. */
  readonly unmapped: readonly Change[]
}

/**
 * Converts the new names in a request's body or query, or in a reply, to the retired ones. The inverse of `upgrade` for
 * canonical values: either new or retired names, and a known platform with its category. Pure, never throws.
 */
export function downgrade(endpointId: EndpointId, value: JsonObject, options?: DowngradeOptions): Downgrade<JsonObject>
export function downgrade(endpointId: EndpointId, value: unknown, options?: DowngradeOptions): Downgrade
export function downgrade(endpointId: EndpointId, value: unknown, options: DowngradeOptions = {}): Downgrade {
  const { part = 'body', both = false, ...resolvers } = options
  const unmapped = new Set<Change>()

  const convert = (entity: JsonObject): JsonObject =>
    changesOf(endpointId, part).reduceRight((body, change) => {
      const old = applyDowngrade(change, body, { ...resolvers, part }, both)
      if (old === undefined) unmapped.add(change)
      return old ?? body
    }, entity)

  const body = part === 'reply' ? mapEntities(endpointId, value, convert) : isJsonObject(value) ? convert(value) : value
  return { body, unmapped: [...unmapped] }
}
