import type { JsonType } from '../src/schema/json-type.ts'
import * as types from '../src/schema/json-type.ts'

/** The names of types and lists that are printed as a name. */
export interface Names {
  readonly types: ReadonlyMap<JsonType, string>
  /** The elements, joined with commas, and the expression for the list. */
  readonly lists: ReadonlyMap<string, string>
}

const CONSTANTS = new Map<JsonType, string>([
  [types.unknown, 'unknown'],
  [types.boolean, 'boolean'],
  [types.number, 'number'],
  [types.uuid, 'uuid'],
  [types.datetime, 'datetime'],
  [types.timestamp, 'timestamp'],
  [types.url, 'url'],
])

/** The expression that builds a type. */
export function printType(type: JsonType, names: Names, isDefinition = false): string {
  const name = CONSTANTS.get(type) ?? (isDefinition ? undefined : names.types.get(type))
  if (name !== undefined) return name
  const inner = (part: JsonType): string => printType(part, names)

  switch (type.kind) {
    case 'optional':
      return type.inner.kind === 'nullable' ? `nullish(${inner(type.inner.inner)})` : `optional(${inner(type.inner)})`
    case 'nullable':
      return `nullable(${inner(type.inner)})`
    case 'text':
    case 'integer':
      return `${type.kind}(${rangeOf(type)})`
    case 'enum':
      return `oneOf(${printList(type.values, names)})`
    case 'openEnum':
      return `openEnum(${printList(type.values, names)})`
    case 'list':
      return `list(${inner(type.item)}${type.min > 0 ? `, ${type.min}` : ''})`
    case 'record':
      return `record(${inner(type.item)})`
    case 'object':
      return `object({ ${Object.entries(type.fields)
        .map(([field, part]) => `${field}: ${inner(part)}`)
        .join(', ')} })`
    default:
      throw new Error(`no name for a type of kind ${type.kind}`)
  }
}

function rangeOf({ kind, min, max }: Extract<JsonType, { kind: 'text' | 'integer' }>): string {
  if (Number.isFinite(max)) return `${min}, ${max}`
  const isDefault = min === (kind === 'text' ? 0 : Number.NEGATIVE_INFINITY)
  return isDefault ? '' : String(min)
}

const printList = (values: readonly string[], { lists }: Names): string =>
  lists.get(values.join()) ?? JSON.stringify(values).replaceAll('"', "'")
