import { compiledEndpoint } from '../contract/compiled-contract.ts'
import type { EndpointId } from '../contract/contract.ts'
import { isJsonObject } from '../schema/json.ts'
import { acceptsNull, type JsonType, type ObjectType } from '../schema/json-type.ts'
import { KINDS } from '../schema/kinds.ts'
import type { Limit } from '../schema/limits.ts'
import { typeName } from '../schema/validate.ts'

/** A difference between a reply and the contract. It names paths and kinds, never a value. */
export interface ReplyMismatch {
  /**
   * `mismatch`: a value of another kind. `missing`: no value. `unknown_value`, `unknown_field`: newer than this version,
   * which is not a fault.
   */
  readonly kind: 'mismatch' | 'missing' | 'unknown_value' | 'unknown_field'
  /** Such as `items[].creator.email`. A key that does not look like a field name is `*`. */
  readonly path: string
  /** Such as `a string or null`. */
  readonly expected: string
  /** The kind of the value in the reply. */
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

// Paths have no index and no key, so they are known when the type is compiled. `or`: what else is allowed.
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
  // `fits` has shown that the value is of the kind that the limits take.
  return (value, report) => {
    if (!fits(value) || !limits.every(({ allows }) => allows(value as never))) report(misfit(value, expected, path))
  }
}

const misfit = (value: unknown, expected: string, path: string): ReplyMismatch =>
  value === undefined
    ? { kind: 'missing', path, expected, got: 'nothing' }
    : { kind: 'mismatch', path, expected, got: typeName(value) }

function compileMany(fits: (value: unknown) => boolean, expected: string, path: string, each: Check): Check {
  return (value, report) => {
    if (!fits(value)) return report(misfit(value, expected, path))
    for (const inner of Array.isArray(value) ? value : Object.values(value as object)) each(inner, report)
  }
}

interface Field {
  readonly name: string
  readonly nullable: boolean
  readonly check: Check
}

function compileObject(types: ObjectType['fields'], path: string, or: string): Check {
  const inner = (name: string): string => (path === '' ? name : `${path}.${name}`)
  const fields = new Map(Object.entries(types).map(([name, type]) => [name, compileField(name, type, inner(name))]))
  // A backend writes its fields always in one order, so the place of a key in the last object predicts its field.
  const order: (Field | undefined)[] = [...fields.values()]
  const fieldAt = (place: number, key: string): Field | undefined => {
    const likely = order[place]
    if (likely?.name === key) return likely
    order[place] = fields.get(key)
    return order[place]
  }

  return (value, report) => {
    if (!isJsonObject(value)) return report(misfit(value, `an object${or}`, path))

    // One pass over the keys of the reply: reading the fields by the names of the type took twice as long.
    let place = 0
    let known = 0
    for (const key in value) {
      const field = fieldAt(place, key)
      const held = value[key]
      place += 1
      if (field === undefined) {
        report(unknownField(inner, key, held))
        continue
      }
      known += 1
      // Half of the fields of a ticket are null: no check is called for those.
      if (held !== null || !field.nullable) field.check(held, report)
    }
    if (known < fields.size)
      for (const { name, check } of fields.values()) if (!(name in value)) check(undefined, report)
  }
}

const compileField = (name: string, type: JsonType, path: string): Field => ({
  name,
  nullable: acceptsNull(type),
  check: compile(type, path, ''),
})

function unknownField(inner: (name: string) => string, key: string, value: unknown): ReplyMismatch {
  const name = /^[a-z]\w{0,63}$/i.test(key) ? key : '*'
  return { kind: 'unknown_field', path: inner(name), expected: 'no such field', got: typeName(value) }
}

const compileOpenEnum =
  (values: readonly string[], expected: string, path: string): Check =>
  (value, report) => {
    if (typeof value !== 'string') report(misfit(value, expected, path))
    else if (!values.includes(value))
      report({ kind: 'unknown_value', path, expected: `one of ${values.join(', ')}`, got: 'another value' })
  }
