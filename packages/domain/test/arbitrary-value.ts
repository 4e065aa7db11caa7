import * as fc from 'fast-check'
import type { JsonType } from '../src/schema/json-type.ts'

// Values of any type, and of types that are close to the right one.
export const anything = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    undefined,
    '',
    ' ',
    0,
    -1,
    1.5,
    101,
    Number.MAX_SAFE_INTEGER + 2,
    Number.NaN,
    true,
    [],
    {},
    'jira',
    'Jira',
    'medium',
    'new,open',
    'a0abea7c-a9de-42d2-b63e-71d3ac22d3e4',
    '2025-09-06T12:00:00Z',
    '2025-02-30T12:00:00Z',
    '0099-02-29T12:00',
    'https://host.example',
    'ftp://host.example',
    'https://user@host.example',
    'https://',
    'https://a b',
    'x'.repeat(501),
    '😀'.repeat(500),
  ),
  fc.jsonValue(),
)

/** Values of which most parts have the right type. */
export function arbitraryValue(type: JsonType): fc.Arbitrary<unknown> {
  return fc.oneof({ arbitrary: anything, weight: 1 }, { arbitrary: fittingValue(type), weight: 12 })
}

function fittingValue(type: JsonType): fc.Arbitrary<unknown> {
  switch (type.kind) {
    case 'optional':
      return fc.oneof(fc.constant(undefined), fittingValue(type.inner))
    case 'nullable':
      return fc.oneof(fc.constant(null), fittingValue(type.inner))
    case 'object':
      return arbitraryObject(type.fields)
    case 'list':
      return fc.array(arbitraryValue(type.item), { maxLength: 3 })
    case 'record':
      return fc.dictionary(fc.oneof(fc.string(), fc.constant('__proto__')), arbitraryValue(type.item), { maxKeys: 3 })
    case 'enum':
    case 'openEnum':
      return fc.constantFrom(...type.values)
    case 'integer':
      return fc.integer({ min: Math.max(type.min, -1000), max: Math.min(type.max, 3000) })
    case 'number':
      return fc.double({ noNaN: true, noDefaultInfinity: true })
    case 'boolean':
      return fc.boolean()
    case 'uuid':
      return fc.uuid()
    case 'text':
      return fc.string({ minLength: 1, maxLength: 30 })
    default:
      return anything
  }
}

// Own keys that the type does not have, `__proto__` among them, and fields that are left out.
function arbitraryObject(fields: Readonly<Record<string, JsonType>>): fc.Arbitrary<unknown> {
  const entries = Object.entries(fields).map(([name, field]) => fc.tuple(fc.constant(name), arbitraryValue(field)))
  const extra = fc.array(fc.tuple(fc.constantFrom('__proto__', 'constructor', 'extra'), anything), { maxLength: 2 })
  return fc
    .tuple(fc.tuple(...entries), extra, fc.array(fc.constantFrom('', ...Object.keys(fields)), { maxLength: 2 }))
    .map(([known, added, omitted]) =>
      Object.fromEntries([...known.filter(([name]) => !omitted.includes(name)), ...added]),
    )
}

/** Values of the type, without other fields. */
export function exactValue(type: JsonType): fc.Arbitrary<unknown> {
  switch (type.kind) {
    case 'optional':
      return exactValue(type.inner)
    case 'nullable':
      return fc.option(exactValue(type.inner))
    case 'object': {
      const entries = Object.entries(type.fields)
      return fc.record(Object.fromEntries(entries.map(([name, field]) => [name, exactValue(field)])), {
        requiredKeys: entries.filter(([, { kind }]) => kind !== 'optional').map(([name]) => name),
      })
    }
    case 'list':
      return fc.array(exactValue(type.item), { maxLength: 3 })
    case 'record':
      return fc.dictionary(fc.string(), exactValue(type.item), { maxKeys: 3 })
    case 'timestamp':
      return fc.string()
    default:
      return fittingValue(type)
  }
}
