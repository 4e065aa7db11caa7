import type { EndpointId } from '../../contract/contract.ts'
import type { Issue } from '../../problems/problems.ts'
import type { JsonObject } from '../../schema/json.ts'
import type { AnySchema } from '../../schema/schema.ts'

/** Where fields stand: in a request's body, its query, or an entity of a reply. */
export type Location = 'body' | 'query' | 'reply'

/** The ways to answer what a pure mapping can not know. Each may say undefined: then the field stays as it is. */
export interface Resolvers {
  /** The id of the integration with a name. */
  readonly idOf?: ((name: string) => string | undefined) | undefined
  /** The name of the integration with an id. */
  readonly nameOf?: ((id: string) => string | undefined) | undefined
  /** The user with an id, as legacy replies show the assignee. */
  readonly userOf?: ((id: string) => JsonObject | undefined) | undefined
}

/** What a conversion to the old spelling may look at beside the fields. */
export interface DowngradeContext extends Resolvers {
  readonly part: Location
}

/** What a conversion to the new spelling may look at beside the fields. */
export interface UpgradeContext extends DowngradeContext {
  /** All fields, the old ones included. */
  readonly body: JsonObject
  /** The stored row in the current form, on an update. */
  readonly stored?: JsonObject | undefined
  /** The receiver understands old names only, so messages must not advise new ones. */
  readonly legacyOnly?: boolean
}

/** A name that has to be looked up before its field can be upgraded. */
export interface Lookup {
  /** The field that holds the name. */
  readonly field: string
  readonly name: string
  /** The field that takes the id. */
  readonly replacement: string
}

/** The new fields; or what hinders: issues of the caller's making, or a look-up. Then the old fields stay. */
export type Upgraded =
  | { readonly fields: JsonObject }
  | { readonly issues: readonly FieldIssue[] }
  | { readonly lookup: Lookup }

/** An issue that knows its field; the engine adds where the field stands. */
export type FieldIssue = Omit<Issue, 'loc'> & { readonly field: string }

/** A field that went away. */
export interface RetiredField {
  /** The name to use instead, as headers and documents say it. */
  readonly replacement: string
  readonly schema: AnySchema
}

/** One change of the wire: what went away, what came, and both directions. */
export interface Change {
  /** The name of its file. */
  readonly id: string
  readonly kind: 'rename' | 'split' | 'look-up' | 'status' | 'reshape' | 'reply' | 'route'
  /** The sentence that users read. */
  readonly summary: string
  /** ISO 8601 date. */
  readonly deprecated: string
  /** The endpoints it concerns. `accepted`: bodies where the old spelling is read, but another change writes it. */
  readonly endpoints: Readonly<Partial<Record<Location | 'accepted', readonly EndpointId[]>>>
  readonly retired: Readonly<Record<string, RetiredField>>
  /** The fields that came. */
  readonly current: readonly string[]
  /** Retired routes and where they moved. */
  readonly routes?: Readonly<Partial<Record<EndpointId, EndpointId>>>
  /** The path of an issue below the old field, from its path below the new one. Default: the same. */
  readonly oldPath?: (path: readonly (string | number)[]) => readonly (string | number)[]
  /** From the old fields that are present to the new ones. */
  upgrade(old: JsonObject, context: UpgradeContext): Upgraded
  /** From the new fields that are present to the old ones; undefined when there is no old spelling. */
  downgrade(current: JsonObject, context: DowngradeContext): JsonObject | undefined
}

/** Keeps an entry's literal types and checks it. */
export const change = <const C extends Change>(entry: C): C => entry

/** One use of an old name in a request. */
export interface DeprecatedUse {
  /** The old name. */
  readonly field: string
  /** The name to use instead. */
  readonly replacement: string
  /** The id of the change. */
  readonly change: string
}
