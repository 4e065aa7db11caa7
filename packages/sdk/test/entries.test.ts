import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'

// The two entries repeat most names: a file cannot export two lists under the same names otherwise.

/** The names that an entry exports, types included, with the files that they come from. */
async function exportsOf(entry: string): Promise<ReadonlyMap<string, string>> {
  const source = await readFile(join(import.meta.dirname, '../src', entry), 'utf8')
  const lists = source.matchAll(/^export (?:type )?\{(.*?)\} from '(.*?)'/gms)
  const pairs = [...lists].flatMap(([, names = '', file = '']) =>
    [...names.matchAll(/(\w+)\s*(?:,|$)/gm)].map(([, name = '']): [string, string] => [name, file]),
  )
  return new Map(pairs)
}

const [all, current] = await Promise.all([exportsOf('index.ts'), exportsOf('current.ts')])

test('the current entry exports no name that the other one lacks', () => {
  expect(current.size).toBeGreaterThan(100)
  expect([...current.keys()].filter((name) => !all.has(name))).toEqual([])
})

test('the current entry lacks only names about older generations', () => {
  const missing = [...all].filter(([name, file]) => !current.has(name) && !file.startsWith('./legacy/'))

  expect(missing.map(([name]) => name).toSorted()).toEqual([
    'CurrentIntegrations',
    'CurrentTickets',
    'DeprecationEntry',
    'DeprecationKind',
    'DeprecationLedger',
    'EvidenceSource',
    'LEGACY_INTEGRATION_TYPES',
    'LegacyCreateIntegration',
    'LegacyIntegrationType',
    'mergeLedgers',
  ])
})

test('a name that both entries take from outside of the legacy folder is the same in both', () => {
  const others = [...current].filter(
    ([name, file]) => all.get(name) !== file && !all.get(name)?.startsWith('./legacy/'),
  )

  expect(others).toEqual([])
})
