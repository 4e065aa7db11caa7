import { endpointOf, type JsonObject, type ReplyMismatch, validateReply } from '@ai-ticket-creator/domain'
import { compiledEndpoint, entityClasses, entityType } from '@ai-ticket-creator/domain/internal'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { JsonType } from '../src/schema/json-type.ts'
import { anything, exactValue } from './arbitrary-value.ts'
import { zodIssues } from './zod-issues.ts'

const ENDPOINTS = ['integrations.retrieve', 'integrations.list', 'tickets.retrieve', 'tickets.list'] as const

const entities = ENDPOINTS.map((id) => ({ id, type: entityType(id) as JsonType }))

test('the items of lists and most replies have a class', () => {
  expect(new Set(entities.map(({ type }) => type))).toEqual(new Set(entityClasses.keys()))
})

describe.each(entities)('an entity of $id', ({ id, type }) => {
  const schema = endpointOf(id).reply ?? expect.fail('no reply')
  const Class = entityClasses.get(type)?.() ?? expect.fail('no class')

  test('has no mismatch if zod accepts it, and one if zod refuses it; unknown fields and values do not count', () => {
    fc.assert(
      fc.property(changedEntity(type), (entity) => {
        const reply = replyWith(id, entity)
        const issues = zodIssues(schema, reply, 'body')
        const mismatches: ReplyMismatch[] = []
        validateReply(id, reply, (mismatch) => mismatches.push(mismatch))

        expect(issues.length === 0).toBe(mismatches.every(({ kind }) => kind.startsWith('unknown')))
      }),
      { numRuns: 400, endOnFailure: true },
    )
  })

  test('is copied by its class with all fields', () => {
    fc.assert(
      fc.property(exactValue(type), (entity) => {
        const missing = Object.keys((type as { fields: object }).fields).filter((name) => !(name in Object(entity)))
        expect({ ...new Class(entity as JsonObject) }).toEqual({
          ...Object(entity),
          ...Object.fromEntries(missing.map((name) => [name, undefined])),
        })
      }),
      { numRuns: 50, endOnFailure: true },
    )
  })
})

function replyWith(id: (typeof ENDPOINTS)[number], entity: JsonObject): unknown {
  const { envelope } = compiledEndpoint(id)
  if (envelope === 'array') return [entity]
  const page = { total: 1, page: 1, size: 20, pages: 1, has_next: false, has_prev: false }
  return envelope === 'items' ? { items: [entity], ...page } : entity
}

/** An entity that fits, or one with a field that is missing, added, or of another type, in it or in an object in it. */
function changedEntity(type: JsonType): fc.Arbitrary<JsonObject> {
  const change = fc.record({
    what: fc.constantFrom('nothing', 'remove', 'add', 'replace'),
    nth: fc.nat(60),
    isInner: fc.boolean(),
    value: anything.filter((value) => value !== undefined),
  })
  return fc.tuple(exactValue(type), change).map(([entity, { what, nth, isInner, value }]) => {
    const fields = structuredClone(entity) as Record<string, unknown>
    const inner = Object.values(fields).filter((field) => typeof field === 'object' && field !== null)
    const target = ((isInner && inner[nth % inner.length]) || fields) as Record<string, unknown>
    const names = Object.keys(target)
    const name = names[nth % names.length]
    if (what === 'add') target['added'] = value
    else if (what === 'remove' && name !== undefined && !Array.isArray(target)) Reflect.deleteProperty(target, name)
    else if (what === 'replace' && name !== undefined) target[name] = value
    return fields
  })
}
