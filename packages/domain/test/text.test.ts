import { callSiteIn, isUuid, parseTimestamp } from '@ai-ticket-creator/domain/internal'
import { describe, expect, test } from 'vitest'

describe('parseTimestamp', () => {
  test.each([
    ['2025-09-06T12:00:00Z', 1_757_160_000_000],
    ['2025-09-06T12:00:00z', 1_757_160_000_000],
    ['2025-09-06T12:00:00', 1_757_160_000_000],
    ['2025-09-06T12:00:00.123456', 1_757_160_000_123],
    ['2025-09-06T14:00:00+02:00', 1_757_160_000_000],
    ['2025-09-06T14:00:00+0200', 1_757_160_000_000],
    ['no time', Number.NaN],
  ])('reads %s; a time without a zone is UTC', (text, milliseconds) => {
    expect(parseTimestamp(text)).toBe(milliseconds)
  })
})

describe('isUuid', () => {
  test.each(['a0abea7c-a9de-42d2-b63e-71d3ac22d3e4', 'A0ABEA7C-A9DE-42D2-B63E-71D3AC22D3E4'])('accepts %s', (text) => {
    expect(isUuid(text)).toBe(true)
  })

  test.each([
    '',
    'a0abea7ca9de42d2b63e71d3ac22d3e4',
    'a0abea7c-a9de-42d2-b63e-71d3ac22d3e4 ',
    'g0abea7c-a9de-42d2-b63e-71d3ac22d3e4',
  ])('refuses "%s"', (text) => {
    expect(isUuid(text)).toBe(false)
  })
})

describe('callSiteIn', () => {
  const stack = `Error: x
    at eval (eval at <anonymous> (file:///secret), <anonymous>:1:1)
    at node:internal/modules/run_main:101:5
    at read (/app/node_modules/lib/index.js:3:7)
    at async /app/main.ts:3:7`

  test('gives the first frame that has a file', () => {
    expect(callSiteIn(stack)).toBe('/app/node_modules/lib/index.js:3:7')
  })

  test('gives the first frame that is accepted', () => {
    expect(callSiteIn(stack, (place) => !place.includes('node_modules'))).toBe('/app/main.ts:3:7')
  })

  test.each([
    ['    at read (file:///app/main.ts?token=x#y:3:7)', '/app/main.ts:3:7'],
    ['    at read (file:///my%20app/stra%C3%9Fe.ts:3:7)', '/my app/straße.ts:3:7'],
    ['    at read (file:///app/100%.ts:3:7)', '/app/100%.ts:3:7'],
    ['    at read (file:///C:/my%20app/main.ts:3:7)', 'C:/my app/main.ts:3:7'],
    ['read@https://app.example.test/main.js?v=1:3:7', 'https://app.example.test/main.js:3:7'],
    ['    at C:\\app\\main.ts:3:7', 'C:\\app\\main.ts:3:7'],
    ['    at data:text/javascript,secret:1:1', undefined],
  ])('reads the frame "%s"', (frame, place) => {
    expect(callSiteIn(frame)).toBe(place)
  })

  test.each([undefined, {}, 7])('a stack that is %j has none', (other) => {
    expect(callSiteIn(other)).toBeUndefined()
  })
})
