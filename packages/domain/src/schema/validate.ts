import type * as z from 'zod/mini'
import { didYouMean, suggestValue } from '../problems/did-you-mean.ts'
import type { Issue, IssueCode } from '../problems/problems.ts'
import { isJsonObject, own } from './json.ts'
import type { AnySchema, TextLimit } from './schema.ts'

/** Checks a value and says in our words what is wrong with it; an empty list when nothing is. */
export function check(schema: AnySchema, value: unknown, root: string): readonly Issue[] {
  // AnySchema is what all kinds share; each schema of ours is a mini one.
  const result = (schema as z.ZodMiniType).safeParse(value)
  return result.success ? [] : result.error.issues.flatMap((issue) => toIssues(issue, value, root))
}

const kinds: Record<string, readonly [type: string, words: string]> = {
  string: ['string_type', 'a text'],
  boolean: ['bool_type', 'true or false'],
  int: ['int_type', 'a whole number'],
  number: ['float_type', 'a number'],
  array: ['list_type', 'a list'],
  object: ['dict_type', 'an object'],
  record: ['dict_type', 'an object'],
  uuid: ['uuid_type', 'a UUID'],
  datetime: ['datetime_type', 'a point in time'],
}

function toIssues(issue: z.core.$ZodIssue, value: unknown, root: string): readonly Issue[] {
  const path = issue.path.map((key) => (typeof key === 'number' ? key : String(key)))
  const input = at(value, path)
  const name = path.length === 0 ? `the ${root}` : `\`${path.join('.')}\``
  const say = (type: string, rule: string, code: IssueCode = 'validation_failed', replacement?: string): Issue[] => [
    { type, loc: [root, ...path], msg: `${name} ${rule}`, code, ...(replacement !== undefined && { replacement }) },
  ]

  if (input === undefined) return say('missing', 'is required')
  switch (issue.code) {
    case 'invalid_type': {
      const [type, words] = kinds[issue.message] ?? kinds[issue.expected] ?? ['type_error', `of type ${issue.expected}`]
      return say(type, `must be ${words}, not ${typeName(input)}`)
    }
    case 'invalid_value': {
      const words = issue.values.map(String)
      const suggestion = typeof input === 'string' ? suggestValue(input, words) : undefined
      const hint =
        root === 'query' && isCommaList(input) ? `; repeat \`${path[0]}\` for several values` : didYouMean(suggestion)
      const code = path.at(-1) === 'platform_name' ? 'unknown_platform' : 'validation_failed'
      return say('enum', `must be one of ${words.join(', ')}${hint}`, code, suggestion)
    }
    case 'too_small':
      if (issue.origin === 'array') return say('too_short', `must have at least ${issue.minimum} item`)
      return say('greater_than_equal', `must be at least ${issue.minimum}`)
    case 'too_big':
      return say('less_than_equal', `must be at most ${issue.maximum}`)
    case 'invalid_format':
      return issue.format === 'datetime'
        ? say('datetime_parsing', 'must be a point in time in ISO 8601, such as 2025-09-06T12:00:00Z')
        : say('uuid_parsing', 'must be a UUID, such as a0abea7c-a9de-42d2-b63e-71d3ac22d3e4')
    case 'custom':
      return sayLimit(issue.params ?? {}, say)
    default:
      return say('value_error', 'is not valid')
  }
}

function sayLimit(params: TextLimit & { type?: string }, say: (type: string, rule: string) => Issue[]): Issue[] {
  switch (params.type) {
    case 'string_too_short':
      return say('string_too_short', 'must not be blank')
    case 'string_too_long':
      return say('string_too_long', `must have at most ${params.maxLength} characters`)
    case 'url_scheme':
      return say('url_scheme', 'must start with http:// or https://')
    case 'url_space':
      return say('url_space', 'must not contain spaces')
    case 'url_userinfo':
      return say('url_userinfo', 'must not contain a user or a password, since replies show it; send `credentials`')
    case 'url_host':
      return say('url_host', 'must have a host after http:// or https://')
    default:
      return say('value_error', 'is not valid')
  }
}

const isCommaList = (value: unknown): boolean => typeof value === 'string' && value.includes(',')

/** The kind of a value, in words; never the value. */
export function typeName(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'number') return Number.isInteger(value) ? 'a whole number' : 'a number'
  return { string: 'a text', boolean: 'true or false', object: 'an object' }[typeof value as string] ?? typeof value
}

const at = (value: unknown, path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>((inner, key) => {
    if (Array.isArray(inner)) return inner[Number(key)]
    return isJsonObject(inner) ? own(inner, String(key)) : undefined
  }, value)
