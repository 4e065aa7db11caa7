import { writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { aBackend, aBrokenBackend, FIELDS, RETRIEVE } from './mock-backend.ts'
import { closedPort, runCli } from './run-cli.ts'
import { useTempFolder } from './temp-folder.ts'

const folder = useTempFolder()

test('a baseline holds the current failures, lets them pass, and does not grow by itself', async () => {
  const { run } = aBrokenBackend()
  const args = ['--baseline', folder.path('known.json')]

  const created = await run([...args, '--filter', RETRIEVE, '--update-baseline'])
  const known = await run([...args, '--filter', RETRIEVE])
  const grown = await run([...args, '--filter', RETRIEVE, '--filter', FIELDS])

  expect([created.code, known.code, grown.code]).toEqual([0, 0, 1])
  expect(Object.keys(JSON.parse(folder.read('known.json')).known)).toEqual([RETRIEVE])
  expect(known.stdout).toContain('passed: 1 known to fail, in')
  expect(grown.stdout).toContain('failed: 1 failed, 1 known to fail, in')
})

test('the entries of a baseline are sorted by id', async () => {
  const update = ['--baseline', folder.path('known.json'), '--update-baseline']

  await aBrokenBackend().run([...update, '--filter', RETRIEVE, '--filter', FIELDS])

  expect(Object.keys(JSON.parse(folder.read('known.json')).known)).toEqual([FIELDS, RETRIEVE])
})

test('an update removes what passes again and retains what was not run', async () => {
  const known = { known: { [RETRIEVE]: 'fixed', 'tickets.create/kept': 'not run in read-only' } }
  writeFileSync(folder.path('known.json'), JSON.stringify(known))
  const args = ['--baseline', folder.path('known.json'), '--filter', RETRIEVE]
  const { run } = aBackend()

  const reported = await run(args)
  const updated = await run([...args, '--update-baseline'])

  expect([reported.code, updated.code]).toEqual([0, 0])
  expect(reported.stdout).toContain(`${RETRIEVE} no longer fails; remove it from the baseline`)
  expect(JSON.parse(folder.read('known.json'))).toEqual({ known: { 'tickets.create/kept': 'not run in read-only' } })
})

test('an inconclusive run does not change the baseline', async () => {
  writeFileSync(folder.path('known.json'), '{ "known": { "a": "b" } }')
  const baseline = ['--baseline', folder.path('known.json'), '--update-baseline']

  const { code } = await runCli(['--base-url', await closedPort(), ...baseline])

  expect(code).toBe(2)
  expect(folder.read('known.json')).toBe('{ "known": { "a": "b" } }')
})

test.each(['{ "mine": true }', '{ "known": { "a": 1 } }', '[]', '', 'known'])(
  'a file that is not a baseline is refused and not overwritten: %s',
  async (text) => {
    writeFileSync(folder.path('known.json'), text)

    const { code, stderr } = await aBackend().run(['--baseline', folder.path('known.json'), '--update-baseline'])

    expect(code).toBe(2)
    expect(stderr).toContain('known.json is not a baseline')
    expect(folder.read('known.json')).toBe(text)
  },
)
