import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import draft04 from 'ajv-draft-04'
import addFormats from 'ajv-formats'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Findings } from '../../src/reporters/findings.ts'
import { sarif } from '../../src/reporters/sarif.ts'
import { aFinding, hostileFindings, theFindings } from './samples.ts'

const require = createRequire(import.meta.url)
const schema: object = JSON.parse(
  readFileSync(require.resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'), 'utf8'),
)
// Both are CommonJS modules; their types do not describe `default` fully.
const ajv = new draft04.default({ strict: false, allErrors: true, unicodeRegExp: false })
addFormats.default(ajv)
const isValid = ajv.compile(schema)

/** The violations of the schema. */
function violations(text: string): readonly unknown[] {
  return isValid(JSON.parse(text)) ? [] : (isValid.errors ?? [])
}

interface Log {
  readonly runs: readonly [{ readonly automationDetails: { readonly id: string } }]
}

interface Result {
  readonly ruleId: string
  readonly kind: string
  readonly level: string
  readonly partialFingerprints: Readonly<Record<string, string>>
  readonly suppressions: readonly unknown[]
}

function resultsOf(findings: Findings): readonly Result[] {
  const log: { readonly runs: readonly [{ readonly results: readonly Result[] }] } = JSON.parse(
    sarif(findings, '1.2.3'),
  )
  return log.runs[0].results
}

test('a report as SARIF', () => {
  const report = theFindings({ items: [aFinding()] })

  expect(sarif(report, '1.2.3')).toMatchInlineSnapshot(`
    "{
      "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
      "version": "2.1.0",
      "runs": [
        {
          "tool": {
            "driver": {
              "name": "ai-ticket-creator-verify",
              "semanticVersion": "1.2.3",
              "informationUri": "https://www.npmjs.com/package/@ai-ticket-creator/test-utils",
              "rules": [
                {
                  "id": "integrations.list/limit",
                  "shortDescription": {
                    "text": "a page has no more rows than its limit"
                  },
                  "help": {
                    "text": "lists of the API"
                  },
                  "defaultConfiguration": {
                    "level": "error"
                  }
                }
              ]
            }
          },
          "automationDetails": {
            "id": "ai-ticket-creator-verify/contract/tickets.example.test/"
          },
          "columnKind": "utf16CodeUnits",
          "invocations": [
            {
              "executionSuccessful": true,
              "startTimeUtc": "2025-09-06T12:00:00.000Z",
              "toolExecutionNotifications": []
            }
          ],
          "properties": {
            "subject": "https://tickets.example.test",
            "mode": "read-only",
            "generation": "current",
            "seed": "7"
          },
          "results": [
            {
              "ruleId": "integrations.list/limit",
              "ruleIndex": 0,
              "kind": "fail",
              "level": "error",
              "message": {
                "text": "a page has no more rows than its limit\\nExpected: 10 rows\\nBut got: 11 rows\\nRerun with: ai-ticket-creator-verify --filter integrations.list/limit --seed 7"
              },
              "locations": [
                {
                  "physicalLocation": {
                    "artifactLocation": {
                      "uri": "ai-ticket-creator/integrations.list"
                    },
                    "region": {
                      "startLine": 1
                    }
                  },
                  "logicalLocations": [
                    {
                      "fullyQualifiedName": "integrations.list",
                      "kind": "resource"
                    }
                  ]
                }
              ],
              "partialFingerprints": {
                "aiTicketCreatorVerify/v1": "integrations.list/limit"
              },
              "suppressions": []
            }
          ]
        }
      ]
    }
    "
  `)
})

test.each<[string, Partial<Findings>]>([
  ['with cases of each kind', {}],
  ['without cases', { items: [], outcome: 'passed' }],
  ['of an unreachable backend', { items: [], outcome: 'inconclusive', reason: 'connection refused' }],
  ['with a location in a file', { items: [aFinding({ location: { file: 'src/my file.ts', line: 3, column: 7 } })] }],
])('a report %s is valid', (_, fields) => {
  expect(violations(sarif(theFindings(fields), '1.2.3'))).toEqual([])
})

test('the schema detects JSON that is not SARIF', () => {
  const report = sarif(theFindings(), '1.2.3')

  for (const wrong of [report.replace('"ruleId"', '"rule"'), report.replace('"2.1.0"', '"2.0.0"')])
    expect(violations(wrong)).not.toEqual([])
})

test('the log is valid for any titles and values', () => {
  fc.assert(
    fc.property(hostileFindings, (findings) => {
      const log = sarif(findings, '1.2.3')
      expect(violations(log)).toEqual([])
      expect(log).not.toContain('##[')
    }),
    { numRuns: 100 },
  )
})

test('a passed case is not a result, an inconclusive one is open, and a known failure is suppressed', () => {
  const results = resultsOf(theFindings())

  expect(results.map(({ ruleId, kind, level, suppressions }) => [ruleId, kind, level, suppressions.length])).toEqual([
    ['integrations.list/limit', 'fail', 'error', 0],
    ['tickets.create/title', 'fail', 'error', 1],
    ['tickets.list/order', 'open', 'none', 0],
  ])
})

test('a fingerprint does not depend on the run, seed, host, values and order', () => {
  const { items } = theFindings()
  const other = theFindings({
    subject: 'http://localhost:8080',
    facts: [['seed', '99']],
    startedAt: new Date('2026-01-01T00:00:00Z'),
    items: items
      .map((item) => ({ ...item, actual: 'something else', rerunCommand: 'another', durationMs: 1 }))
      .toReversed(),
  })
  const fingerprints = (findings: Findings) => resultsOf(findings).map((result) => result.partialFingerprints)

  expect(fingerprints(other)).toEqual(fingerprints(theFindings()))
  expect(new Set(fingerprints(other).map((one) => one['aiTicketCreatorVerify/v1'])).size).toBe(3)
})

test('a fingerprint depends on the file of a location, but not on its line', () => {
  const at = (file: string, line: number) =>
    resultsOf(theFindings({ items: [aFinding({ location: { file, line, column: 1 } })] })).map(
      (result) => result.partialFingerprints['aiTicketCreatorVerify/v1'],
    )

  expect(at('src/a.ts', 3)).toEqual(at('src/a.ts', 40))
  expect(at('src/a.ts', 3)).not.toEqual(at('src/b.ts', 3))
})

test('two backends have two categories, and a category can be given', () => {
  const categoryOf = (subject: string, category?: string) => {
    const log: Log = JSON.parse(sarif(theFindings({ subject }), '1.2.3', category))
    return log.runs[0].automationDetails.id
  }

  expect(categoryOf('https://a.example.test')).toBe('ai-ticket-creator-verify/contract/a.example.test/')
  expect(categoryOf('https://b.example.test/v2/')).toBe('ai-ticket-creator-verify/contract/b.example.test/v2/')
  expect(categoryOf('https://preview-7.example.test', 'preview/')).toBe('ai-ticket-creator-verify/contract/preview/')
  expect(categoryOf('your tests')).toBe('ai-ticket-creator-verify/contract/')
})
