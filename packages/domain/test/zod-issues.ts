import type * as z from 'zod/mini'
import { didYouMean, suggestValue } from '../src/problems/did-you-mean.ts'
import type { Issue, IssueCode } from '../src/problems/problems.ts'
import { isJsonObject, ownValue } from '../src/schema/json.ts'
import type { AnySchema } from '../src/schema/schema.ts'
import { typeName } from '../src/schema/validate.ts'

/** The issues that zod finds, in our own words. The compiled types must report the same ones. */
export function zodIssues(schema: AnySchema, value: unknown, root: string): readonly Issue[] {
  // AnySchema is what all kinds share; each schema of ours is a mini one.
  const result = (schema as z.ZodMiniType).safeParse(value)
  return result.success ? [] : result.error.issues.flatMap((issue) => toIssues(issue, value, root))
}

const kinds: Record<string, readonly [type: string, description: string]> = {
  string: ['string_type', 'a string'],
  boolean: ['bool_type', 'a boolean'],
  int: ['int_type', 'an integer'],
  number: ['float_type', 'a number'],
  array: ['list_type', 'a list'],
  object: ['dict_type', 'an object'],
  record: ['dict_type', 'an object'],
  uuid: ['uuid_type', 'a UUID'],
  datetime: ['datetime_type', 'a time'],
}

function toIssues(issue: z.core.$ZodIssue, value: unknown, root: string): readonly Issue[] {
  const path = issue.path.map((key) => (typeof key === 'number' ? key : String(key)))
  const input = at(value, path)
  const name = path.length === 0 ? `the ${root}` : `\`${path.join('.')}\``
  const report = (type: string, rule: string, code: IssueCode = 'validation_failed', replacement?: string): Issue[] => [
    { type, loc: [root, ...path], msg: `${name} ${rule}`, code, ...(replacement !== undefined && { replacement }) },
  ]

  if (input === undefined) return report('missing', 'is required')
  // Where a list should be, zod measures the field `length` of an object too, after it has reported the type.
  if ((issue.code === 'too_small' || issue.code === 'too_big') && isJsonObject(input)) return []
  switch (issue.code) {
    case 'invalid_type': {
      const [type, kind] = kinds[issue.message] ?? kinds[issue.expected] ?? ['type_error', `of type ${issue.expected}`]
      return report(type, `must be ${kind}, not ${typeName(input)}`)
    }
    case 'invalid_value': {
      const values = issue.values.map(String)
      const suggestion = typeof input === 'string' ? suggestValue(input, values) : undefined
      const hint =
        root === 'query' && isCommaList(input) ? `; repeat \`${path[0]}\` for several values` : didYouMean(suggestion)
      const code = path.at(-1) === 'platform_name' ? 'unknown_platform' : 'validation_failed'
      return report('enum', `must be one of ${values.join(', ')}${hint}`, code, suggestion)
    }
    case 'too_small':
      // The issue of an empty text in place of a list, beside the one about its type.
      if (typeof input === 'string') return []
      if (issue.origin === 'array') return report('too_short', `must have at least ${issue.minimum} item`)
      return report('greater_than_equal', `must be at least ${issue.minimum}`)
    case 'too_big':
      return report('less_than_equal', `must be at most ${issue.maximum}`)
    case 'invalid_format':
      return issue.format === 'datetime'
        ? report('datetime_parsing', 'must be a time in ISO 8601, such as 2025-09-06T12:00:00Z')
        : report('uuid_parsing', 'must be a UUID, such as a0abea7c-a9de-42d2-b63e-71d3ac22d3e4')
    case 'custom':
      return report(String(issue.params?.['type']), String(issue.params?.['rule']))
    default:
      return report('value_error', 'is not valid')
  }
}

const isCommaList = (value: unknown): boolean => typeof value === 'string' && value.includes(',')

const at = (value: unknown, path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>((inner, key) => {
    if (Array.isArray(inner)) return inner[Number(key)]
    return isJsonObject(inner) ? ownValue(inner, String(key)) : undefined
  }, value)
