import { expect, test } from 'vitest'
import { toGitHubAnnotations, toJUnit, toMarkdown, toSarif, type VerifyReport } from '../../src/index.ts'

const report: VerifyReport = {
  baseUrl: 'https://tickets.example.test',
  mode: 'full',
  generation: 'current',
  detectedBy: 'API-Generation',
  seed: 7,
  outcome: 'failed',
  results: [
    {
      id: 'tickets.create/title',
      title: 'a title is stored',
      endpoint: 'tickets.create',
      severity: 'error',
      outcome: 'failed',
      reason: 'another title came back',
      specReference: 'tickets of the API',
      durationMs: 3,
    },
  ],
  fixed: ['tickets.delete/gone'],
  startedAt: '2025-09-06T12:00:00.000Z',
  durationMs: 40,
}

test.each([
  ['JUnit', toJUnit],
  ['SARIF', toSarif],
  ['GitHub', toGitHubAnnotations],
  ['Markdown', toMarkdown],
])('%s shows the case and its reason, and is the same for the same report', (_, format) => {
  const text = format(report)

  expect(text).toContain('a title is stored')
  expect(text).toContain('another title came back')
  expect(format(report)).toBe(text)
})

test.each([
  ['JUnit', toJUnit],
  ['SARIF', toSarif],
  ['Markdown', toMarkdown],
])('%s shows the settings of the run, also when the generation is unknown', (_, format) => {
  const text = format({ ...report, generation: undefined, detectedBy: 'no header' })

  for (const fact of ['https://tickets.example.test', 'full', 'unknown', 'no header', '7'])
    expect(text.replaceAll('&#', '')).toContain(fact)
})

test.each([
  ['JUnit', toJUnit],
  ['SARIF', toSarif],
  ['GitHub', toGitHubAnnotations],
  ['Markdown', toMarkdown],
])('%s lists test data that could not be deleted', (_, format) => {
  const text = format({ ...report, leftovers: [{ kind: 'ticket', id: '17', reason: '500' }] })

  expect(text).toMatch(/the ticket 17 could not be deleted(?::|&#58;) 500/)
})

test('SARIF names the version of this package', () => {
  expect(toSarif(report)).toContain('"semanticVersion": "0.')
})

test('the category of SARIF is the host of the backend, or the one that is given', () => {
  expect(toSarif(report)).toContain('contract/tickets.example.test')
  expect(toSarif(report, { category: 'preview' })).toContain('contract/preview/')
})
