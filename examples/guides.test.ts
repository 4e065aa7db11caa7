import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { changes, GENERATIONS, upgrade } from '@ai-ticket-creator/domain'
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff'
import { describe, expect, test } from 'vitest'
import { createFilledBackend } from './test/backends.ts'
import { type Guide, readGuides } from './test/guide.ts'
import { PROGRAMS, runProgram, SUPPORTED_GENERATIONS } from './test/run-program.ts'

const guides = readGuides()

test('every retired field is in the first table of a guide', () => {
  const fieldsInGuides = guides.flatMap(({ fields }) =>
    fields.flatMap(({ old, change }) => old.map((name) => `${change} ${name}`)),
  )

  const retired = changes.flatMap(({ id, retired: names }) => Object.keys(names).map((name) => `${id} ${name}`))

  expect(retired.filter((one) => !fieldsInGuides.includes(one))).toEqual([])
})

// Long because it lists the tests of one guide.
describe.each(guides)('$slug', (guide) => {
  test('every table and block is of a kind that is checked', () => {
    expect(guide.unknown).toEqual([])
  })

  test.each(guide.fields)('$old became $use', ({ old, use, change: id }) => {
    const change = changes.find((one) => one.id === id)

    for (const name of old) expect(use).toContain(change?.retired[name]?.replacement)
    expect([...old.map((name) => change?.retired[name]?.replacement), ...(change?.current ?? [])]).toEqual(
      expect.arrayContaining([...use]),
    )
  })

  test.each(guide.values.flatMap(({ fields, rows }) => rows.map((row) => ({ fields, row }))))(
    'the row $row of the table of $fields shows the values of the upgrade',
    ({ fields, row }) => {
      const change = changes.find(({ retired }) => (fields[0] ?? '') in retired)
      const [endpoint] = change?.endpoints.body ?? []
      if (change === undefined || endpoint === undefined)
        throw new Error(`${fields[0]} is not a retired field of a body`)
      const entries = fields.map((field, index) => [field, toValue(row[index] ?? '')] as const)
      const old = Object.fromEntries(entries.filter(([field]) => field in change.retired))
      const current = Object.fromEntries(entries.filter(([field]) => !(field in change.retired)))

      const { body, issues } = upgrade(endpoint, old)

      // For a rejected value the table shows the error code.
      const [issue] = issues
      expect(issue === undefined ? body : mapValues(current, () => issue.code)).toEqual(current)
    },
  )

  test.each(guide.values)(
    'the table of $fields has a row for each value of the old field',
    ({ fields: [field = ''], rows }) => {
      const type = changes.find(({ retired }) => field in retired)?.retired[field]?.type
      const options = type !== undefined && 'values' in type ? type.values : []

      expect(rows.map(([value]) => value)).toEqual(expect.arrayContaining([...options]))
    },
  )

  test('migration.diff is the difference of the programs, and the steps quote it in its order', async () => {
    const diff = differenceOf(guide)

    await expect(diff).toMatchFileSnapshot(join(guide.folder, 'migration.diff'))
    const lines = diff.split('\n')
    for (const quote of guide.diffs) {
      let at = 0
      for (const line of quote.trimEnd().split('\n')) {
        expect(lines.slice(at)).toContain(line)
        at = lines.indexOf(line, at) + 1
      }
    }
  })

  test('the last table has a row for each program and each request, and `runs` in the supported generations', () => {
    const rows = new Map(guide.outcomes.map(({ name, cells }) => [name, cells]))

    expect([...rows.keys()].toSorted()).toEqual([...PROGRAMS, ...guide.requests.map(({ name }) => name)].toSorted())
    for (const program of PROGRAMS)
      for (const generation of SUPPORTED_GENERATIONS[program]) expect(rows.get(program)?.[generation].text).toBe('runs')
    for (const { cell } of cellsOf(guide, isProgram)) expect(cell.text).toMatch(/^runs|^fails, ./)
  })

  test.concurrent.each(cellsOf(guide, isProgram))(
    'against $generation, $name ends as in the table: $cell.text',
    async ({ name, generation, cell }) => {
      const { succeeded, usedBackend, output } = await runProgram(join(guide.folder, name), generation)

      const reasons = cell.codes.filter((code) => output.includes(code))
      const outcome = succeeded
        ? usedBackend
          ? 'runs'
          : 'sent no request to the backend'
        : ['fails', ...reasons].join(', ')
      expect({ outcome, output }).toEqual({ outcome: cell.text.replace(/^runs,.*/, 'runs'), output })
    },
  )

  test.each(cellsOf(guide, (name) => !isProgram(name)))(
    'against $generation, the reply to "$name" is as in the table: $cell.text',
    async ({ name, generation, cell }) => {
      const request = guide.requests.find((one) => one.name === name)
      if (request === undefined) throw new Error(`the guide has no request ${name}`)
      const { url, ...init } = request
      const { fetch } = await createFilledBackend(generation)

      const response = await fetch(new Request(url, init))

      const isShown = await shownBy(response)
      expect(cell.text).toBe([response.status, ...cell.codes].join(', '))
      expect(cell.codes.filter((code) => !isShown(code))).toEqual([])
    },
  )
})

function differenceOf({ folder }: Guide): string {
  const [before, after] = PROGRAMS.map((file) => readFileSync(join(folder, file), 'utf8'))
  const options = { context: 2, headerOptions: FILE_HEADERS_ONLY }
  return createTwoFilesPatch(...PROGRAMS, before ?? '', after ?? '', undefined, undefined, options)
}

const isProgram = (name: string): boolean => name.endsWith('.ts')

function cellsOf({ outcomes }: Guide, isWanted: (name: string) => boolean) {
  return outcomes
    .filter(({ name }) => isWanted(name))
    .flatMap(({ name, cells }) => GENERATIONS.map((generation) => ({ name, generation, cell: cells[generation] })))
}

/** Whether a reply shows an error code, `Header: value`, or `path.of.a.field: value`. */
async function shownBy(response: Response): Promise<(code: string) => boolean> {
  const reply: unknown = await response.json().catch(() => undefined)
  return (code) => {
    const [, name = code, value] = /^(.+?): (.*)$/.exec(code) ?? []
    if (value === undefined) return JSON.stringify(reply).includes(`"code":"${name}"`)
    if (/^[A-Z]/.test(name)) return response.headers.get(name) === value
    return JSON.stringify(fieldAt(reply, name.split('.'))) === value
  }
}

function fieldAt(value: unknown, [key, ...rest]: readonly string[]): unknown {
  if (key === undefined) return value
  return typeof value === 'object' && value !== null ? fieldAt(Reflect.get(value, key), rest) : undefined
}

const mapValues = (fields: object, map: () => unknown) =>
  Object.fromEntries(Object.keys(fields).map((name) => [name, map()]))

/** A value as code: JSON, or a text without quotes. */
function toValue(code: string): unknown {
  try {
    return JSON.parse(code)
  } catch {
    return code
  }
}
