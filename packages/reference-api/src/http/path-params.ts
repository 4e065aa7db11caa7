import { isUuid, paramNames } from '@ai-ticket-creator/domain/internal'
import { invalid } from '../errors/problem-error.ts'

/** The parameters of a path, all of them UUIDs, in lower case. */
export function readPathParams(path: string, given: Readonly<Record<string, string>>): Record<string, string> {
  const names = paramNames(path)
  const wrong = names.filter((name) => !isUuid(given[name] ?? ''))
  if (wrong.length === 0) return Object.fromEntries(names.map((name) => [name, (given[name] ?? '').toLowerCase()]))
  throw invalid(
    wrong.map((name) => ({
      type: 'uuid_parsing',
      loc: ['path', name],
      msg: `\`${name}\` must be a UUID, such as a0abea7c-a9de-42d2-b63e-71d3ac22d3e4`,
      code: 'validation_failed',
    })),
  )
}
