import { type JsonObject, own } from './json.ts'
import type { JsonType, ValueType } from './json-type.ts'
import { KINDS } from './kinds.ts'
import type { Limit } from './limits.ts'

/** A place in a JSON value that does not fit its type. */
export interface Finding {
  /** `limit`: the right kind of value, but not within its limits. `unknown_value`: not a value of the enum. */
  readonly kind: 'missing' | 'mismatch' | 'limit' | 'unknown_value'
  readonly path: readonly (string | number)[]
  readonly value: unknown
  /** The type of the value, without `optional` and `nullable`. */
  readonly type: ValueType
  /** The limit that the value breaks. */
  readonly limit?: Limit<never>
}

type Path = Finding['path']

/** Lists the places where a value does not match its type. Fields that the type does not have are ignored. */
export function inspect(type: JsonType, value: unknown, path: Path = []): readonly Finding[] {
  if (type.kind === 'optional') return value === undefined ? [] : inspect(type.inner, value, path)
  if (type.kind === 'nullable') return value === null ? [] : inspect(type.inner, value, path)
  if (type.kind === 'unknown') return []

  const place = { path, value, type }
  if (value === undefined) return [{ ...place, kind: 'missing' }]
  if (type.kind === 'enum')
    return type.values.some((known) => known === value) ? [] : [{ ...place, kind: 'unknown_value' }]
  if (!KINDS[type.kind].has(value)) return [{ ...place, kind: 'mismatch' }]

  const limits: readonly Limit<never>[] = 'limits' in type ? type.limits : []
  // `has` has shown that the value is of the kind that the limits take.
  const broken = limits.filter(({ allows }) => !allows(value as never))
  return [...broken.map((limit) => ({ ...place, kind: 'limit' as const, limit })), ...inspectInner(type, value, path)]
}

function inspectInner(type: ValueType, value: unknown, path: Path): readonly Finding[] {
  // The caller has checked the kind of the value.
  switch (type.kind) {
    case 'list':
      return (value as readonly unknown[]).flatMap((item, index) => inspect(type.item, item, [...path, index]))
    case 'record':
      return Object.entries(value as JsonObject).flatMap(([key, item]) => inspect(type.item, item, [...path, key]))
    case 'object':
      return Object.entries(type.fields).flatMap(([name, field]) =>
        inspect(field, own(value as JsonObject, name), [...path, name]),
      )
    default:
      return []
  }
}
