import { ENDPOINT_IDS, endpointOf, type Issue } from '@ai-ticket-creator/domain'
import { compiledEndpoint } from '@ai-ticket-creator/domain/internal'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { compileSchema } from '../src/schema/compile-schema.ts'
import { toSchema } from '../src/schema/to-schema.ts'
import { check } from '../src/schema/validate.ts'
import { arbitraryValue } from './arbitrary-value.ts'
import { zodIssues } from './zod-issues.ts'

const parts = ENDPOINT_IDS.flatMap((id) =>
  (['query', 'body', 'reply'] as const).flatMap((part) => {
    const [schema, type] = [endpointOf(id)[part], compiledEndpoint(id)[part]]
    return schema === undefined || type === undefined ? [] : [{ id, part, schema, type }]
  }),
)

test('every query, body and reply of the contract is compiled', () => {
  expect(parts).toHaveLength(40)
})

test.each(parts)('the compiled $part of $id reports the issues that zod reports', ({ part, schema, type }) => {
  fc.assert(
    fc.property(arbitraryValue(type), (value) => {
      expect(check(type, value, part).filter(isSeenByZod)).toEqual(zodIssues(schema, value, part))
    }),
    { numRuns: 60, endOnFailure: true },
  )
})

// zod does not check the value of a key `__proto__` in a record; the compiled types do.
const isSeenByZod = ({ loc }: Issue): boolean => !loc.includes('__proto__')

test.each(parts)('the schema made of the compiled $part of $id compiles to the same type', ({ type }) => {
  const again = compileSchema(toSchema(type, new Map()))

  expect(JSON.stringify(again)).toBe(JSON.stringify(type))
})
