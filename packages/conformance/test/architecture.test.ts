// ARCHITECTURE.md names folders and files, so a rename must also change it.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../../..')
const text = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8')

test.each(['domain', 'sdk', 'reference-api', 'test-utils'])('the folders of %s are listed', (name) => {
  const [, row = ''] = text.match(new RegExp(`^\\| ${name} \\| (\`.* · .*) \\|$`, 'm')) ?? []
  const listed = row.split(' · ').map((folder) => folder.slice(1, -1))

  const folders = readdirSync(join(root, 'packages', name, 'src'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)

  expect(listed.filter((folder) => !folder.endsWith('.ts')).toSorted()).toEqual(folders.toSorted())
})

test('every file and folder that is named in a table exists', () => {
  const named = [...text.matchAll(/`((?:domain|sdk|reference-api|test-utils|conformance)\/src\/[\w./-]+)`/g)]
  const missing = named.map(([, path = '']) => path).filter((path) => !existsSync(join(root, 'packages', path)))

  expect(named.length).toBeGreaterThan(10)
  expect(missing).toEqual([])
})
