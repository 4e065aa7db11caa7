import * as z from 'zod/mini'
import { type EndpointId, endpointOf } from '../contract/contract.ts'
import { isJsonObject } from '../schema/json.ts'
import type { AnySchema } from '../schema/schema.ts'
import { typeName } from '../schema/validate.ts'

/** Something in a reply that the contract does not say. It names places and kinds, never a value. */
export interface ReplyMismatch {
  /**
   * `mismatch`: another kind of value. `missing`: no value. `unknown_word`, `unknown_field`: newer than this version,
   * which is no fault.
   */
  readonly kind: 'mismatch' | 'missing' | 'unknown_word' | 'unknown_field'
  /** Such as `items[].creator.email`. A key that is no name of a field is `*`. */
  readonly path: string
  /** In words, such as `a text or null`. */
  readonly expected: string
  /** The kind of what came, in words. */
  readonly got: string
}

type Check = (value: unknown, report: (mismatch: ReplyMismatch) => void) => void

const checks = /* @__PURE__ */ new Map<EndpointId, Check>()

/**
 * Holds a reply in the current form against the contract, all of it. Every deviation is told, those of a list at each of
 * its items. Pure but for what it tells.
 *
 * The verdict is that of the schemas; the way there is shorter than zod's, which would rebuild each value.
 */
export function validateReply(endpointId: EndpointId, reply: unknown, report: (mismatch: ReplyMismatch) => void): void {
  const { reply: schema } = endpointOf(endpointId)
  if (schema === undefined) return

  const check = checks.get(endpointId) ?? compile(schema, '', '')
  checks.set(endpointId, check)
  check(reply, report)
}

interface Definition {
  readonly type: string
  readonly format?: string
  readonly innerType: AnySchema
  readonly element: AnySchema
  readonly valueType: AnySchema
  readonly shape: Readonly<Record<string, AnySchema>>
}

// Paths hold no index and no key, so they are known beforehand. `or` is what else is allowed.
function compile(schema: AnySchema, path: string, or: string): Check {
  // The definition's type is the base of all kinds; which members are there follows from `type`.
  const def = schema._zod.def as unknown as Definition
  switch (def.type) {
    case 'optional':
      return unless(undefined, compile(def.innerType, path, or))
    case 'nullable':
      return unless(null, compile(def.innerType, path, ' or null'))
    case 'object':
      return compileObject(def.shape, path, or)
    case 'array':
      return compileMany(Array.isArray, `a list${or}`, path, compile(def.element, `${path}[]`, ''))
    case 'record':
      return compileMany(isJsonObject, `an object${or}`, path, compile(def.valueType, `${path}.*`, ''))
    case 'string':
      return compileText(schema, def.format, path, or)
    case 'number':
      return compileLeaf(Number.isFinite, `a number${or}`, path)
    case 'boolean':
      return compileLeaf((value) => typeof value === 'boolean', `true or false${or}`, path)
    case 'unknown':
      return () => {}
    default:
      throw new TypeError(`replies with ${def.type} can not be checked yet`)
  }
}

const unless =
  (allowed: unknown, check: Check): Check =>
  (value, report) => {
    if (value !== allowed) check(value, report)
  }

const compileLeaf =
  (fits: (value: unknown) => boolean, expected: string, path: string): Check =>
  (value, report) => {
    if (!fits(value)) report(misfit(value, expected, path))
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

function compileObject(shape: Definition['shape'], path: string, or: string): Check {
  const inner = (name: string): string => (path === '' ? name : `${path}.${name}`)
  const fields = new Map(Object.entries(shape).map(([name, schema]) => [name, compileField(name, schema, inner(name))]))
  // A backend writes its fields in one order: that of the last object says where the field of a key is likely to stand.
  const order: (Field | undefined)[] = [...fields.values()]
  const fieldAt = (place: number, key: string): Field | undefined => {
    const likely = order[place]
    if (likely?.name === key) return likely
    order[place] = fields.get(key)
    return order[place]
  }

  return (value, report) => {
    if (!isJsonObject(value)) return report(misfit(value, `an object${or}`, path))

    // One walk over the keys of the reply: to read fields by the names of the schema took twice as long.
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
      // Half of the fields of a ticket are null: nothing is called for them.
      if (held !== null || !field.nullable) field.check(held, report)
    }
    if (known < fields.size)
      for (const { name, check } of fields.values()) if (!(name in value)) check(undefined, report)
  }
}

const compileField = (name: string, schema: AnySchema, path: string): Field => ({
  name,
  nullable: isNullable(schema),
  check: compile(schema, path, ''),
})

function isNullable(schema: AnySchema): boolean {
  // As in `compile`: which members are there follows from `type`.
  const { type, innerType } = schema._zod.def as unknown as Definition
  return type === 'nullable' || (type === 'optional' && isNullable(innerType))
}

function unknownField(inner: (name: string) => string, key: string, value: unknown): ReplyMismatch {
  const name = /^[a-z]\w{0,63}$/i.test(key) ? key : '*'
  return { kind: 'unknown_field', path: inner(name), expected: 'no such field', got: typeName(value) }
}

function compileText(schema: AnySchema, format: string | undefined, path: string, or: string): Check {
  // A text has a pattern as well: any characters.
  const pattern = format === undefined ? undefined : schema._zod.pattern
  const words = z.globalRegistry.get(schema)?.['x-extensible-enum'] as readonly string[] | undefined
  const expected = `${pattern === undefined ? 'a text' : 'a UUID'}${or}`

  return (value, report) => {
    if (typeof value !== 'string' || pattern?.test(value) === false) return report(misfit(value, expected, path))
    if (words?.includes(value) === false)
      report({ kind: 'unknown_word', path, expected: `one of ${words.join(', ')}`, got: 'another word' })
  }
}
