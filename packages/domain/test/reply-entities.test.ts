import { ENDPOINT_IDS } from '@ai-ticket-creator/domain'
import { entitiesIn, hasEtag, mapEntities } from '@ai-ticket-creator/domain/internal'
import { expect, test } from 'vitest'

const one = { id: '1' }
const other = { id: '2' }

test.each([
  ['integrations.retrieve', one, [one]],
  ['integrations.list', [one, other], [one, other]],
  ['integrations.list', [], []],
  ['tickets.list', { items: [one, other], total: 2 }, [one, other]],
  ['tickets.createWithAi', { ticket: one, ai_analysis: {} }, [one]],
] as const)('entitiesIn finds the entities of %s', (endpointId, reply, entities) => {
  expect(entitiesIn(endpointId, reply)).toEqual(entities)
})

test.each([
  ['integrations.retrieve', [one]],
  ['integrations.retrieve', null],
  ['integrations.list', one],
  ['integrations.list', [one, 'x']],
  ['tickets.list', [one]],
  ['tickets.list', { items: one }],
  ['tickets.createWithAi', one],
] as const)('entitiesIn gives undefined for a reply of %s that is %j', (endpointId, reply) => {
  expect(entitiesIn(endpointId, reply)).toBeUndefined()
})

test('entitiesIn gives the objects of the reply themselves', () => {
  const reply = { items: [one] }

  expect(entitiesIn('tickets.list', reply)?.[0]).toBe(one)
})

test.each([
  ['integrations.retrieve', one, { id: '1', seen: true }],
  ['integrations.list', [one, 'x'], [{ id: '1', seen: true }, 'x']],
  ['integrations.list', one, one],
  ['tickets.list', { items: [one], total: 1 }, { items: [{ id: '1', seen: true }], total: 1 }],
  ['tickets.list', { total: 1 }, { total: 1 }],
  ['tickets.createWithAi', { ticket: one }, { ticket: { id: '1', seen: true } }],
  ['tickets.createWithAi', { detail: 'x' }, { detail: 'x' }],
  ['tickets.retrieve', null, null],
] as const)('mapEntities changes the entities of %s in %j, and nothing else', (endpointId, reply, changed) => {
  expect(mapEntities(endpointId, reply, (entity) => ({ ...entity, seen: true }))).toEqual(changed)
})

test('replies that show one row have an ETag, and those of calls that change one', () => {
  expect(ENDPOINT_IDS.filter(hasEtag)).toEqual([
    'integrations.create',
    'integrations.retrieve',
    'integrations.update',
    'integrations.setStatus',
    'integrations.test',
    'integrations.activate',
    'tickets.create',
    'tickets.createWithAi',
    'tickets.retrieve',
    'tickets.replace',
    'tickets.update',
    'tickets.setStatus',
    'tickets.assign',
    'tickets.addAttachments',
  ])
})
