import { type JsonObject, ownValue } from './json.ts'
import type { JsonType, ObjectType, ValueType } from './json-type.ts'
import { KINDS } from './kinds.ts'
import type { Limit } from './limits.ts'

/** A part of a JSON value that does not match the expected type. */
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

/** Lists the places where a value does not match its type. Unknown fields are ignored. */
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
  const inner = inspectInner(type, value, path)
  // The casts are safe: the value is of the kind that these limits check.
  if (limits.every(({ allows }) => allows(value as never))) return inner
  const broken = limits.filter(({ allows }) => !allows(value as never))
  return [...broken.map((limit) => ({ ...place, kind: 'limit' as const, limit })), ...inner]
}

function inspectInner(type: ValueType, value: unknown, path: Path): readonly Finding[] {
  // The caller has checked the kind of the value.
  switch (type.kind) {
    case 'list':
      return (value as readonly unknown[]).flatMap((item, index) => inspect(type.item, item, [...path, index]))
    case 'record':
      return Object.entries(value as JsonObject).flatMap(([key, item]) => inspect(type.item, item, [...path, key]))
    case 'object':
      return inspectFields(type, value as JsonObject, path)
    default:
      return []
  }
}

function inspectFields({ fields }: ObjectType, value: JsonObject, path: Path): readonly Finding[] {
  const findings: Finding[] = []
  for (const [name, type] of Object.entries(fields)) {
    const member = ownValue(value, name)
    // A shortcut, because a request omits most of the optional fields.
    if (member === undefined && type.kind === 'optional') continue
    for (const finding of inspect(type, member, [...path, name])) findings.push(finding)
  }
  return findings
}
