import { UpdateTicket } from '@ai-ticket-creator/domain'
import { fieldsOf, freeFieldsOf, isRounded, parseExactJson } from '@ai-ticket-creator/domain/internal'
import { expect, test } from 'vitest'

test.each([
  '12345678901234567890',
  '9007199254740993',
  '-9007199254740993',
  '0.12345678901234567891',
  '100000000000000000.1',
  '1e400',
  '123456789012345678e3',
])('the number %s loses digits as a JavaScript number', (text) => {
  expect(isRounded(text)).toBe(true)
})

test.each([
  '0',
  '-0',
  '0.0',
  '0e7',
  '7',
  '-7',
  '1.50',
  '0.5',
  '100',
  '1200',
  '1e2',
  '1E+2',
  '12e-1',
  '1.2e21',
  '9007199254740992',
  '0.1',
  '1e-7',
])('the number %s keeps its value as a JavaScript number', (text) => {
  expect(isRounded(text)).toBe(false)
})

test.each([
  '{"id":12345678901234567890}',
  '{"list":[1,12345678901234567890,{"id":-9007199254740993}]}',
  '{"exponent":1e400}',
  '{"price":0.12345678901234567891}',
  '{"id":1000000000000000000000000}',
  '{"text":"12345678901234567890"}',
])('%s is written as it was read', (text) => {
  expect(JSON.stringify(parseExactJson(text))).toBe(text)
})

test.each([
  '{"a":1,"b":[2.5,-3,"x",null,true]}',
  '{"long":"no number, but 1e5 in a text"}',
  '{"near":123456789012345}',
])('%s is read as JSON.parse reads it', (text) => {
  expect(parseExactJson(text)).toEqual(JSON.parse(text))
})

test('the fields of a schema that hold any JSON object are listed', () => {
  expect(fieldsOf(UpdateTicket)).toContain('title')
  expect(freeFieldsOf(UpdateTicket)).toEqual(['custom_fields'])
})
