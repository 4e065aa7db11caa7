import { compiledEndpoint } from '../contract/compiled-contract.ts'
import type { EndpointId } from '../contract/contract.ts'
import { isJsonObject } from '../schema/json.ts'
import { acceptsNull, type JsonType, type ObjectType, unwrapped, type ValueType } from '../schema/json-type.ts'
import { KINDS } from '../schema/kinds.ts'
import type { Limit } from '../schema/limits.ts'
import { typeName } from '../schema/validate.ts'

/** A difference between a reply and the contract. It contains paths and types, never a value. */
export interface ReplyMismatch {
  /**
   * `mismatch`: a value of another type. `missing`: no value. `unknown_value`, `unknown_field`: probably sent by a newer
   * backend, which is not an error.
   */
  readonly kind: 'mismatch' | 'missing' | 'unknown_value' | 'unknown_field'
  /** Such as `items[].creator.email`. A key that does not look like a field name is `*`. */
  readonly path: string
  /** Such as `a string or null`. */
  readonly expected: string
  /** The type of the value in the reply. */
  readonly got: string
}

type Check = (value: unknown, report: (mismatch: ReplyMismatch) => void) => void

const checks = /* @__PURE__ */ new Map<EndpointId, Check>()

/**
 * Compares a reply in the current form with the contract. Reports every difference, also repeated ones in the items of a
 * list.
 */
export function validateReply(endpointId: EndpointId, reply: unknown, report: (mismatch: ReplyMismatch) => void): void {
  const { reply: type } = compiledEndpoint(endpointId)
  if (type === undefined) return

  const check = checks.get(endpointId) ?? compile(type, '', '')
  checks.set(endpointId, check)
  check(reply, report)
}

// Paths contain no index and no key of a record, so a check is compiled with its path. `or` ends the expected type: ` or null`.
function compile(type: JsonType, path: string, or: string): Check {
  const expected = type.kind === 'optional' || type.kind === 'nullable' ? '' : `${KINDS[type.kind].noun}${or}`
  switch (type.kind) {
    case 'optional':
      return unless(undefined, compile(type.inner, path, or))
    case 'nullable':
      return unless(null, compile(type.inner, path, ' or null'))
    case 'object':
      return compileObject(type.fields, path, or)
    case 'list':
      return compileMany(Array.isArray, expected, path, compile(type.item, `${path}[]`, ''))
    case 'record':
      return compileMany(isJsonObject, expected, path, compile(type.item, `${path}.*`, ''))
    case 'openEnum':
      return compileOpenEnum(type.values, expected, path)
    case 'unknown':
      return () => {}
    default:
      return compileLeaf(KINDS[type.kind].has, 'limits' in type ? type.limits : [], expected, path)
  }
}

const unless =
  (allowed: unknown, check: Check): Check =>
  (value, report) => {
    if (value !== allowed) check(value, report)
  }

function compileLeaf(
  fits: (value: unknown) => boolean,
  limits: readonly Limit<never>[],
  expected: string,
  path: string,
): Check {
  // The cast is safe: limits are checked only for values that `fits` accepts.
  return (value, report) => {
    if (!fits(value) || !limits.every(({ allows }) => allows(value as never))) report(toMismatch(value, expected, path))
  }
}

const toMismatch = (value: unknown, expected: string, path: string): ReplyMismatch =>
  value === undefined
    ? { kind: 'missing', path, expected, got: 'nothing' }
    : { kind: 'mismatch', path, expected, got: typeName(value) }

function compileMany(fits: (value: unknown) => boolean, expected: string, path: string, each: Check): Check {
  return (value, report) => {
    if (!fits(value)) return report(toMismatch(value, expected, path))
    for (const inner of Array.isArray(value) ? value : Object.values(value as object)) each(inner, report)
  }
}

interface Field {
  readonly name: string
  readonly nullable: boolean
  /** The kind of the field, if all values of the kind fit. */
  readonly plainKind: 'text' | 'boolean' | 'number' | undefined
  readonly check: Check
}

function compileObject(types: ObjectType['fields'], path: string, or: string): Check {
  const inner = (name: string): string => (path === '' ? name : `${path}.${name}`)
  const fields = new Map(Object.entries(types).map(([name, type]) => [name, compileField(name, type, inner(name))]))
  // A backend always writes fields in the same order, so the position of a key in the previous object predicts its field.
  const order: (Field | undefined)[] = [...fields.values()]
  const fieldAt = (position: number, key: string): Field | undefined => {
    const predicted = order[position]
    if (predicted?.name === key) return predicted
    order[position] = fields.get(key)
    return order[position]
  }

  return (value, report) => {
    if (!isJsonObject(value)) return report(toMismatch(value, `an object${or}`, path))

    // One pass over the keys of the reply: reading the fields by the names of the type took twice as long.
    let position = 0
    let knownFields = 0
    for (const key in value) {
      const field = fieldAt(position, key)
      const member = value[key]
      position += 1
      if (field === undefined) {
        report(unknownField(inner, key, member))
        continue
      }
      knownFields += 1
      if (!fitsPlainly(member, field)) field.check(member, report)
    }
    if (knownFields < fields.size)
      for (const { name, check } of fields.values()) if (!(name in value)) check(undefined, report)
  }
}

const compileField = (name: string, type: JsonType, path: string): Field => ({
  name,
  nullable: acceptsNull(type),
  plainKind: plainKindOf(unwrapped(type)),
  check: compile(type, path, ''),
})

function plainKindOf(type: ValueType): Field['plainKind'] {
  if (type.kind === 'boolean' || type.kind === 'number') return type.kind
  const isText = type.kind === 'text' || type.kind === 'timestamp'
  return isText && type.limits.length === 0 ? 'text' : undefined
}

/** Whether a value certainly fits. Most fields are null, a text, a flag or a number: no check is called for those. */
function fitsPlainly(value: unknown, { nullable, plainKind }: Field): boolean {
  if (value === null) return nullable
  if (typeof value === 'string') return plainKind === 'text'
  if (typeof value === 'boolean') return plainKind === 'boolean'
  return plainKind === 'number' && Number.isFinite(value)
}

function unknownField(inner: (name: string) => string, key: string, value: unknown): ReplyMismatch {
  const name = /^[a-z]\w{0,63}$/i.test(key) ? key : '*'
  return { kind: 'unknown_field', path: inner(name), expected: 'no such field', got: typeName(value) }
}

const compileOpenEnum =
  (values: readonly string[], expected: string, path: string): Check =>
  (value, report) => {
    if (typeof value !== 'string') report(toMismatch(value, expected, path))
    else if (!values.includes(value))
      report({ kind: 'unknown_value', path, expected: `one of ${values.join(', ')}`, got: 'another value' })
  }
