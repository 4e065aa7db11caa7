import { didYouMean, suggestValue } from '../problems/did-you-mean.ts'
import type { Issue, IssueCode } from '../problems/problems.ts'
import { isRawJson } from './exact-json.ts'
import { type Finding, inspect } from './inspect-json.ts'
import type { JsonType } from './json-type.ts'
import { KINDS } from './kinds.ts'

/** Checks a value against a type. Returns one issue per fault. Unknown fields are not faults. */
export function check(type: JsonType, value: unknown, root: string): readonly Issue[] {
  return inspect(type, value).map((finding) => toIssue(finding, root, faultOf(finding, root)))
}

interface Fault {
  readonly type: string
  readonly rule: string
  readonly code?: IssueCode
  readonly replacement?: string | undefined
}

function faultOf(finding: Finding, root: string): Fault {
  const { kind, type, value, limit } = finding
  const { issueType, noun } = KINDS[type.kind]
  switch (kind) {
    case 'missing':
      return { type: 'missing', rule: 'is required' }
    case 'unknown_value':
      return unknownValue(finding, 'values' in type ? type.values : [], root)
    case 'mismatch':
    case 'limit':
      return limit ?? { type: issueType, rule: `must be ${noun}, not ${typeName(value)}` }
  }
}

function unknownValue({ path, value }: Finding, values: readonly string[], root: string): Fault {
  const suggestion = typeof value === 'string' ? suggestValue(value, values) : undefined
  const hint =
    root === 'query' && isCommaList(value) ? `; repeat \`${path[0]}\` for several values` : didYouMean(suggestion)
  return {
    type: 'enum',
    rule: `must be one of ${values.join(', ')}${hint}`,
    code: path.at(-1) === 'platform_name' ? 'unknown_platform' : 'validation_failed',
    replacement: suggestion,
  }
}

function toIssue(
  { path }: Finding,
  root: string,
  { type, rule, code = 'validation_failed', replacement }: Fault,
): Issue {
  const name = path.length === 0 ? `the ${root}` : `\`${path.join('.')}\``
  return { type, loc: [root, ...path], msg: `${name} ${rule}`, code, ...(replacement !== undefined && { replacement }) }
}

const isCommaList = (value: unknown): boolean => typeof value === 'string' && value.includes(',')

/** The kind of a value as a phrase for messages, such as `a string`. */
export function typeName(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  if (isRawJson(value)) return typeName(Number(value.rawJSON))
  if (typeof value === 'number') return Number.isInteger(value) ? 'an integer' : 'a number'
  return { string: 'a string', boolean: 'a boolean', object: 'an object' }[typeof value as string] ?? typeof value
}
