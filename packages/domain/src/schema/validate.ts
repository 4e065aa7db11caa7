import type * as z from 'zod/mini'
import { didYouMean, suggestValue } from '../problems/did-you-mean.ts'
import type { Issue, IssueCode } from '../problems/problems.ts'
import { isRawJson } from './exact-json.ts'
import { isJsonObject, own } from './json.ts'
import type { AnySchema, TextLimit } from './schema.ts'

/** Checks a value against a schema. Returns one issue per fault, with a message of our own. */
export function check(schema: AnySchema, value: unknown, root: string): readonly Issue[] {
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
      if (issue.origin === 'array') return report('too_short', `must have at least ${issue.minimum} item`)
      return report('greater_than_equal', `must be at least ${issue.minimum}`)
    case 'too_big':
      return report('less_than_equal', `must be at most ${issue.maximum}`)
    case 'invalid_format':
      return issue.format === 'datetime'
        ? report('datetime_parsing', 'must be a time in ISO 8601, such as 2025-09-06T12:00:00Z')
        : report('uuid_parsing', 'must be a UUID, such as a0abea7c-a9de-42d2-b63e-71d3ac22d3e4')
    case 'custom':
      return reportLimit(issue.params ?? {}, report)
    default:
      return report('value_error', 'is not valid')
  }
}

function reportLimit(params: TextLimit & { type?: string }, report: (type: string, rule: string) => Issue[]): Issue[] {
  switch (params.type) {
    case 'string_too_short':
      return report('string_too_short', 'must not be blank')
    case 'string_too_long':
      return report('string_too_long', `must have at most ${params.maxLength} characters`)
    case 'url_scheme':
      return report('url_scheme', 'must start with http:// or https://')
    case 'url_space':
      return report('url_space', 'must not contain spaces')
    case 'url_userinfo':
      return report(
        'url_userinfo',
        'must not contain a user or a password, because replies show it; send `credentials`',
      )
    case 'url_host':
      return report('url_host', 'must have a host after http:// or https://')
    default:
      return report('value_error', 'is not valid')
  }
}

const isCommaList = (value: unknown): boolean => typeof value === 'string' && value.includes(',')

/** The kind of a value, for messages; never the value. */
export function typeName(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  if (isRawJson(value)) return typeName(Number(value.rawJSON))
  if (typeof value === 'number') return Number.isInteger(value) ? 'an integer' : 'a number'
  return { string: 'a string', boolean: 'a boolean', object: 'an object' }[typeof value as string] ?? typeof value
}

const at = (value: unknown, path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>((inner, key) => {
    if (Array.isArray(inner)) return inner[Number(key)]
    return isJsonObject(inner) ? own(inner, String(key)) : undefined
  }, value)
