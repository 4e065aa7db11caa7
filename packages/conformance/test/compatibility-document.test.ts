import { readFileSync } from 'node:fs'
import { deviations } from '@ai-ticket-creator/reference-api'
import { expect, test } from 'vitest'

const PAGE = '../../../docs/compatibility-with-deployed-backends.md'
const text = readFileSync(new URL(PAGE, import.meta.url), 'utf8')

test('the page about deployed backends lists every deviation once', () => {
  const ids = [...text.matchAll(/^- `(.+?)`: /gm)].map(([, id = '']) => id)

  expect(ids.toSorted()).toEqual(deviations.map(({ id }) => id).toSorted())
})

test('the page about deployed backends quotes the summary of each deviation', async () => {
  const summaries = new Map(deviations.map(({ id, summary }) => [id, summary]))

  await expect(
    text.replaceAll(/^- `(.+?)`: .*$/gm, (line, id: string) =>
      summaries.has(id) ? `- \`${id}\`: ${summaries.get(id)}` : line,
    ),
  ).toMatchFileSnapshot(PAGE)
})
