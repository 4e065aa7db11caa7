import type { EndpointId } from '../../contract/contract.ts'
import type { Issue } from '../../problems/problems.ts'
import type { JsonObject } from '../../schema/json.ts'
import type { JsonType } from '../../schema/json-type.ts'

/** Where a field is: in a request's body, in its query, or in an entity of a reply. */
export type Location = 'body' | 'query' | 'reply'

/** Look-ups that a pure function cannot do itself. If one returns undefined, the field stays as it is. */
export interface Resolvers {
  /** The id of the integration with a name. */
  readonly idOf?: ((name: string) => string | undefined) | undefined
  /** The name of the integration with an id. */
  readonly nameOf?: ((id: string) => string | undefined) | undefined
  /** The user with an id, as legacy replies show the assignee. */
  readonly userOf?: ((id: string) => JsonObject | undefined) | undefined
}

/** What a downgrade may use besides the fields. */
export interface DowngradeContext extends Resolvers {
  readonly part: Location
}

/** What an upgrade may use besides the fields. */
export interface UpgradeContext extends DowngradeContext {
  /** All fields, the retired ones included. */
  readonly body: JsonObject
  /** The stored row in the current form, on an update. */
  readonly stored?: JsonObject | undefined
  /** The receiver accepts retired names only, so messages do not advise new ones. */
  readonly legacyOnly?: boolean
}

/** A name that must be looked up before its field can be upgraded. */
export interface Lookup {
  /** The field that holds the name. */
  readonly field: string
  readonly name: string
  /** The new field, which takes the id. */
  readonly replacement: string
}

/** The result of an upgrade: the new fields, or issues, or a look-up. With issues or a look-up the retired fields stay. */
export type Upgraded =
  | { readonly fields: JsonObject }
  | { readonly issues: readonly FieldIssue[] }
  | { readonly lookup: Lookup }

/** An issue of one field, without its location, which depends on where the change is applied. */
export type FieldIssue = Omit<Issue, 'loc'> & { readonly field: string }

/** A field that was retired. */
export interface RetiredField {
  /** The name to use instead, as headers and documents show it. */
  readonly replacement: string
  readonly type: JsonType
  /** The values that can be converted. Absent: all values. */
  readonly settable?: readonly string[]
}

/** One change of the wire format: the retired fields, the new ones, and the conversion in both directions. */
export interface Change {
  /** The name of the file of this change, without `.ts`. */
  readonly id: string
  readonly kind: 'rename' | 'split' | 'look-up' | 'status' | 'reshape' | 'reply' | 'route'
  /** What has changed, in one sentence for documents. */
  readonly summary: string
  /** ISO 8601 date. */
  readonly deprecated: string
  /**
   * The endpoints that the change applies to. `accepted`: further bodies that accept the retired names; a downgrade does not
   * write them there.
   */
  readonly endpoints: Readonly<Partial<Record<Location | 'accepted', readonly EndpointId[]>>>
  readonly retired: Readonly<Record<string, RetiredField>>
  /** The new fields. */
  readonly current: readonly string[]
  /** Retired routes and the routes that replace them. */
  readonly routes?: Readonly<Partial<Record<EndpointId, EndpointId>>>
  /** Converts the path of an issue below the new field to its path below the retired one. Default: the same path. */
  readonly retiredPath?: (path: readonly (string | number)[]) => readonly (string | number)[]
  /** Converts the retired fields that are present. */
  upgrade(old: JsonObject, context: UpgradeContext): Upgraded
  /** Converts the new fields that are present; undefined if they cannot be expressed with the retired ones. */
  downgrade(current: JsonObject, context: DowngradeContext): JsonObject | undefined
}

/** Checks the type of an entry and keeps its literal types. */
export const change = <const C extends Change>(entry: C): C => entry

/** One use of a retired name. */
export interface DeprecatedUse {
  /** The retired name. */
  readonly field: string
  /** The name to use instead. */
  readonly replacement: string
  /** The id of the change. */
  readonly change: string
}
