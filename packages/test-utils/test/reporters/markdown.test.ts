import * as fc from 'fast-check'
import MarkdownIt from 'markdown-it'
import { expect, test } from 'vitest'
import { escapeForLog } from '../../src/reporters/escape-control.ts'
import { markdown } from '../../src/reporters/markdown.ts'
import { aFinding, hostile, theFindings } from './samples.ts'

const reader = new MarkdownIt({ html: true, linkify: true })

test('a report as Markdown', () => {
  expect(markdown(theFindings({ fixed: ['tickets.delete/gone'] }))).toMatchInlineSnapshot(`
    "## ❌ Failed: contract of \`https://tickets.example.test\`

    1 passed, 1 failed, 1 known to fail, 1 inconclusive, 1 skipped, 1 fixed since the baseline, mode \`read-only\`, generation \`current\`, seed \`7\`.

    ### Failed

    - **a page has no more rows than its limit** at \`integrations.list\` (\`integrations.list/limit\`)
      - expected: \`10 rows\`
      - but got: \`11 rows\`
      - rule: \`lists of the API\`
      - rerun with: \`ai-ticket-creator-verify --filter integrations.list/limit --seed 7\`

    ### Inconclusive

    - **the newest comes first** at \`integrations.list\` (\`tickets.list/order\`)
      - reason: \`no rows\`
      - expected: \`10 rows\`
      - but got: \`11 rows\`
      - rule: \`lists of the API\`
      - rerun with: \`ai-ticket-creator-verify --filter integrations.list/limit --seed 7\`

    ### Known to fail

    - **a title is stored** at \`integrations.list\` (\`tickets.create/title\`)
      - expected: \`10 rows\`
      - but got: \`11 rows\`
      - rule: \`lists of the API\`
      - rerun with: \`ai-ticket-creator-verify --filter integrations.list/limit --seed 7\`

    - \`tickets.delete/gone\` no longer fails; remove it from the baseline
    "
  `)
})

test('a report in which every case passed is two lines', () => {
  const report = theFindings({ outcome: 'passed', items: [aFinding({ outcome: 'passed' })], facts: [] })

  expect(markdown(report)).toBe('## ✅ Passed: contract of `https://tickets.example.test`\n\n1 passed.\n')
})

test('any title and any value is shown literally', () => {
  fc.assert(
    fc.property(hostile, hostile, (title, actual) => {
      const items = [aFinding({ title, actual, reason: undefined, rerunCommand: undefined })]

      const inline = reader.parse(markdown(theFindings({ items })), {}).flatMap(({ children }) => children ?? [])

      const strong = inline.findIndex(({ type }) => type === 'strong_open')
      const shown = inline.slice(
        strong + 1,
        inline.findIndex(({ type }) => type === 'strong_close'),
      )
      expect(shown.every(({ type }) => type === 'text' || type === 'text_special')).toBe(true)
      expect(shown.map(({ content }) => content).join('')).toBe(escapeForLog(title) || '(empty)')
      const got = inline.findIndex(({ content }) => content.startsWith('but got: '))
      const last = inline[got + 1]?.type === 'code_inline' ? inline[got + 1] : inline[got]
      expect(last?.content.replace('but got: ', '')).toBe(escapeForLog(actual) || '(empty)')
    }),
    { numRuns: 200 },
  )
})
