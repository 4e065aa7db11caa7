import type { JsonType, ObjectType } from '../src/schema/json-type.ts'
import type { Names } from './print-types.ts'

/** The functions that check an entity and the objects in it, each after those that it calls. By the names of their types. */
export function printReaders(entities: readonly ObjectType[], names: Names): ReadonlyMap<string, string> {
  const printed = new Map<string, string>()
  const nameOf = (type: ObjectType, field: string): string => {
    const name = names.types.get(type) ?? field
    if (!printed.has(name)) printed.set(name, printReader(name, type))
    return `fits${pascalCase(name)}`
  }

  function printReader(name: string, { fields }: ObjectType): string {
    const entries = Object.entries(fields)
    const optional = entries.filter(([, type]) => type.kind === 'optional').map(([field]) => ` + given(e['${field}'])`)
    const count = `${entries.length - optional.length}${optional.join('')}`
    const checks = entries.flatMap(([field, type]) => printCheck(type, `e['${field}']`, field))
    return `const fits${pascalCase(name)} = (e: JsonObject): boolean => ${[`Object.keys(e).length === ${count}`, ...checks].join(' && ')}\n`
  }

  function printCheck(type: JsonType, value: string, field: string): readonly string[] {
    switch (type.kind) {
      case 'optional':
        return [`(${[`${value} === undefined`, ...printCheck(type.inner, value, field)].join(' || ')})`]
      case 'nullable':
        return [`(${[`${value} === null`, ...printCheck(type.inner, value, field)].join(' || ')})`]
      case 'text':
      case 'timestamp':
        if (type.limits.length > 0) throw new Error(`a reader does not check the length of ${field}`)
        return [`typeof ${value} === 'string'`]
      case 'boolean':
        return [`typeof ${value} === 'boolean'`]
      case 'number':
        return [`Number.isFinite(${value})`]
      case 'uuid':
        return [`isUuidText(${value})`]
      case 'openEnum':
        return [`isOneOf(${names.lists.get(type.values.join())}, ${value})`]
      case 'list':
        if (type.min > 0) throw new Error(`a reader does not check the length of ${field}`)
        return [`isListOf(${value}, (item) => ${printItem(type.item, field)})`]
      case 'record':
        return type.item.kind === 'unknown'
          ? [`isJsonObject(${value})`]
          : [`isRecordOf(${value}, (item) => ${printItem(type.item, field)})`]
      case 'object':
        return [`isJsonObject(${value}) && ${nameOf(type, field)}(${value})`]
      case 'unknown':
        return []
      default:
        throw new Error(`there is no reader for a type of kind ${type.kind}`)
    }
  }

  const printItem = (type: JsonType, field: string): string => printCheck(type, 'item', field).join(' && ')

  for (const entity of entities) nameOf(entity, '')
  return printed
}

/** `HealthInfo` for `health_info`. */
export const pascalCase = (name: string): string =>
  name
    .split('_')
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('')
