import * as fc from 'fast-check'
import type { Finding, Findings } from '../../src/reporters/findings.ts'

export const aFinding = (fields: Partial<Finding> = {}): Finding => ({
  id: 'integrations.list/limit',
  title: 'a page has no more rows than its limit',
  endpoint: 'integrations.list',
  severity: 'error',
  outcome: 'failed',
  expected: '10 rows',
  actual: '11 rows',
  specReference: 'lists of the API',
  rerunCommand: 'ai-ticket-creator-verify --filter integrations.list/limit --seed 7',
  durationMs: 12,
  ...fields,
})

export const theFindings = (fields: Partial<Findings> = {}): Findings => ({
  suite: 'contract',
  subject: 'https://tickets.example.test',
  facts: [
    ['mode', 'read-only'],
    ['generation', 'current'],
    ['seed', '7'],
  ],
  outcome: 'failed',
  items: [
    aFinding(),
    aFinding({ id: 'tickets.list/order', title: 'the newest comes first', outcome: 'inconclusive', reason: 'no rows' }),
    aFinding({ id: 'tickets.stats/sum', title: 'the sums fit', outcome: 'skipped', reason: 'not in read-only' }),
    aFinding({ id: 'tickets.create/title', title: 'a title is stored', known: true }),
    aFinding({ id: 'tickets.retrieve/404', title: 'an unknown id is 404', outcome: 'passed' }),
  ],
  fixed: [],
  leftovers: [],
  startedAt: new Date('2025-09-06T12:00:00Z'),
  durationMs: 1234,
  ...fields,
})

/** Texts from a server or a title that could break out of a format. */
const hostileTexts: readonly string[] = [
  ']]>',
  '<script>alert(1)</script>',
  '"\'&amp;&#0;',
  '| a | b |',
  '`` ` ```',
  '**bold** _it_ [link](http://x) ![i](x) # @somebody #12 <!-- -->',
  '::error title=x::owned',
  '\n::add-mask::owned',
  '##[add-mask]owned',
  'a\r\nb\u2028c\u0085d',
  '\u001b[31mred\u001b[0m\u0000\u0008\uffff\ud800',
  '%0A%25,:',
  '\u202etxt',
  'true',
  ' ',
  '',
  '__proto__',
]

const pieces = fc.oneof(
  fc.constantFrom(...hostileTexts),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom(...'`*_[]()<>|#@!:,%\\\n\r\t &;~-+=.1a'), maxLength: 12 }),
)

export const hostile: fc.Arbitrary<string> = fc.array(pieces, { minLength: 1, maxLength: 3 }).map((all) => all.join(''))

const hostileFinding: fc.Arbitrary<Finding> = fc
  .record({
    id: hostile,
    title: hostile,
    reason: fc.option(hostile, { nil: undefined }),
    expected: fc.option(hostile, { nil: undefined }),
    actual: fc.option(hostile, { nil: undefined }),
    rerunCommand: fc.option(hostile, { nil: undefined }),
    specReference: hostile,
    outcome: fc.constantFrom('passed', 'failed', 'inconclusive', 'skipped'),
    severity: fc.constantFrom('error', 'warning'),
    known: fc.boolean(),
    location: fc.option(
      fc.record({
        file: hostile,
        line: fc.integer({ min: 1 }),
        column: fc.integer({ min: 1 }),
      }),
      { nil: undefined },
    ),
  })
  .map((fields) => aFinding(fields as Partial<Finding>))

export const hostileFindings: fc.Arbitrary<Findings> = fc
  .record({
    subject: hostile,
    reason: fc.option(hostile, { nil: undefined }),
    facts: fc.array(fc.tuple(fc.constantFrom('mode', 'detectedBy'), hostile), { maxLength: 2 }),
    items: fc.array(hostileFinding, { maxLength: 4 }),
    fixed: fc.array(hostile, { maxLength: 2 }),
    leftovers: fc.array(hostile, { maxLength: 1 }),
  })
  .map((fields) => theFindings(fields))
