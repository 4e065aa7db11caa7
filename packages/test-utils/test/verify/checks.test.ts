import { expect, test } from 'vitest'
import {
  checkIgnoredFields,
  checkPlatformFields,
  expectNoRowOf,
} from '../../src/verify/cases/integrations/expectations.ts'
import { compareOrder, compareRows } from '../../src/verify/cases/lists/rows.ts'
import { type CaseContext, creatorIdOf } from '../../src/verify/model/case-context.ts'
import { describe, describeAnswer } from '../../src/verify/model/describe.ts'
import { parseReply, type Reply } from '../../src/verify/model/observed-reply.ts'

// The checks here read nothing of the context.
const context = {} as CaseContext

/** A list of integrations with these ids. */
const listOf = (...ids: readonly string[]): Reply =>
  parseReply({
    request: { endpoint: 'integrations.list' },
    endpoint: 'integrations.list',
    method: 'GET',
    path: '/integrations/',
    generation: 'current',
    strict: false,
    status: 200,
    headers: new Headers(),
    text: JSON.stringify(ids.map((id) => ({ id }))),
    secrets: [],
  })

test('two lists have the same rows in any order, and a missing list has other rows', () => {
  const other = { expected: 'the same rows', actual: 'other rows' }

  expect(compareRows(listOf('a', 'b'), listOf('b', 'a'))).toBeUndefined()
  expect(compareRows(listOf('a', 'b'), listOf('a'))).toEqual(other)
  expect(compareRows(undefined, listOf('a'))).toEqual(other)
})

test('two lists have the same order only if each row is at the same place', () => {
  expect(compareOrder(listOf('a', 'b'), listOf('a', 'b'))).toBeUndefined()
  expect(compareOrder(listOf('a', 'b'), listOf('b', 'a'))).toMatchObject({ expected: expect.any(String) })
})

test('a list that shows a row of the case is found by the tag of the case', () => {
  const { check } = expectNoRowOf('tag-1')

  expect(check?.(listOf('tag-1'), context)).toEqual({ expected: 'no row of this case', actual: 'a row of this case' })
  expect(check?.(listOf('tag-2'), context)).toBeUndefined()
})

test('a reply without fields does not have the fields of a platform', () => {
  expect(checkPlatformFields(listOf(), context)).toEqual({
    expected: 'the requested fields and their number',
    actual: '0 fields',
  })
})

test('a reply must have `Ignored-Fields`, also when the request has no body', () => {
  expect(checkIgnoredFields(listOf(), context)).toEqual({ expected: '`Ignored-Fields`: ', actual: 'nothing' })
})

test('a ticket without a creator has no creator id', () => {
  expect(creatorIdOf({ id: 'a' })).toBeUndefined()
  expect(creatorIdOf({ id: 'a', creator: { id: 'b' } })).toBe('b')
})

test.each([
  [undefined, 'nothing'],
  [null, 'null'],
  [5, 'a number'],
  [false, 'false'],
  ['text', 'a string of 4 characters'],
  [[1, 2], 'a list of 2'],
  [{}, 'an object'],
])('a report describes %o without its value as %s', (value, text) => {
  expect(describe(value, false)).toBe(text)
})

test('an answer is described by its status, and a JSON answer without a code as such', () => {
  expect(describeAnswer({ status: 502, json: undefined })).toBe('502')
  expect(describeAnswer({ status: 500, json: {} })).toBe('500 without a code')
})
