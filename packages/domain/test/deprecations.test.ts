import { type DeprecationEntry, type DeprecationLedger, mergeLedgers } from '@ai-ticket-creator/domain'
import { expect, test } from 'vitest'

const ledger = (...entries: DeprecationEntry[]): DeprecationLedger => ({ version: 1, entries })

const entry = (facts: Partial<DeprecationEntry> = {}): DeprecationEntry => ({
  kind: 'input',
  field: 'is_enabled',
  operation: 'integrations.create',
  count: 1,
  firstSeen: '2026-01-02T00:00:00.000Z',
  lastSeen: '2026-01-02T00:00:00.000Z',
  callSite: '/app/main.ts:3:7',
  ...facts,
})

test('uses of several processes at one call site are added up', () => {
  const one = ledger(entry({ count: 2, lastSeen: '2026-01-05T00:00:00.000Z', replacement: 'enabled' }))
  const other = ledger(entry({ count: 3, firstSeen: '2026-01-01T00:00:00.000Z' }))

  const merged = mergeLedgers(one, other)

  const sum = entry({
    count: 5,
    firstSeen: '2026-01-01T00:00:00.000Z',
    lastSeen: '2026-01-05T00:00:00.000Z',
    replacement: 'enabled',
  })
  expect(merged).toEqual(ledger(sum))
  expect(mergeLedgers(other, one)).toEqual(merged)
})

test('the latest information from the backend counts', () => {
  const early = ledger(entry({ sunset: '2026-06-01T00:00:00.000Z', guide: 'https://a.example.test/guide' }))
  const late = ledger(entry({ sunset: '2026-07-01T00:00:00.000Z', lastSeen: '2026-01-03T00:00:00.000Z' }))

  const merged = mergeLedgers(late, early)

  expect(merged.entries[0]).toMatchObject({
    sunset: '2026-07-01T00:00:00.000Z',
    guide: 'https://a.example.test/guide',
  })
})

test('uses with another call site, kind, operation or field stay separate', () => {
  const entries = [
    entry(),
    entry({ callSite: '/app/main.ts:4:7' }),
    entry({ kind: 'read' }),
    entry({ operation: 'integrations.update' }),
    entry({ field: 'integration_type' }),
  ]

  const merged = mergeLedgers(ledger(...entries), ledger(...entries), ledger())

  expect(merged.entries).toEqual(entries.map((one) => ({ ...one, count: 2 })))
})

test('merging no ledgers gives an empty one', () => {
  expect(mergeLedgers()).toEqual({ version: 1, entries: [] })
})

test.each([[{ version: 2, entries: [] }], [{ version: 1 }], [{}], [null], [undefined]])(
  '%j is not a ledger',
  (value) => {
    expect(() => mergeLedgers(value as never)).toThrow(
      new TypeError('a ledger has `version: 1` and `entries`; write it with `toJSON()`'),
    )
  },
)
