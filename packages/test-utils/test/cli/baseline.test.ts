import { writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { aBackend, aBrokenBackend, FIELDS, RETRIEVE } from './mock-backend.ts'
import { closedPort, runCli } from './run-cli.ts'
import { useTempFolder } from './temp-folder.ts'

const folder = useTempFolder()

test('a baseline contains the current failures, accepts them, and does not grow by itself', async () => {
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

test.each([
  '{ "mine": true }',
  '{ "known": { "a": 1 } }',
  '{ "known": { "a": { "title": "b", "expires": "soon" } } }',
  '{ "known": { "a": { "title": "b", "expires": "2026-13-01" } } }',
  '{ "known": { "a": { "title": "b", "expires": "2026-02-30" } } }',
  '{ "known": { "a": { "title": "b", "expire": "2026-02-20" } } }',
  '{ "known": { "a": { "title": "b", "reason": 7 } } }',
  '[]',
  '',
  'known',
])('a file that is not a baseline is refused and not overwritten: %s', async (text) => {
  writeFileSync(folder.path('known.json'), text)

  const { code, stderr } = await aBackend().run(['--baseline', folder.path('known.json'), '--update-baseline'])

  expect(code).toBe(2)
  expect(stderr).toMatch(/known\.json(?: is not a baseline|: the entry a must be)/)
  expect(folder.read('known.json')).toBe(text)
})

test('a baseline may begin with a byte order mark', async () => {
  writeFileSync(folder.path('known.json'), `\ufeff${JSON.stringify({ known: { [RETRIEVE]: 'known' } })}`)

  const { code } = await aBrokenBackend().run(['--baseline', folder.path('known.json'), '--filter', RETRIEVE])

  expect(code).toBe(0)
})

test('an entry shows its reason until it expires; then the case fails again', async () => {
  const args = ['--baseline', folder.path('known.json'), '--filter', RETRIEVE, '--format', 'json']
  const withEntry = (entry: object) =>
    writeFileSync(folder.path('known.json'), JSON.stringify({ known: { [RETRIEVE]: entry } }))
  const { run } = aBrokenBackend()

  withEntry({ title: 'known', reason: 'mended in March', expires: '2901-12-31' })
  const accepted = await run(args)
  withEntry({ title: 'known', reason: 'mended in March', expires: '2001-12-31' })
  const expired = await run(args)

  expect([accepted.code, expired.code]).toEqual([0, 1])
  expect(accepted.stdout).toContain('accepted in the baseline: mended in March')
  expect(expired.stdout).toContain('accepted until 2001-12-31 in the baseline')
})

test.each([
  ['drops a date that has passed', '2001-12-31', {}],
  ['keeps a date to come', '2901-12-31', { expires: '2901-12-31' }],
])('an update keeps the reason of an entry and %s', async (_, expires, kept) => {
  const known = { known: { [RETRIEVE]: { title: 'old', reason: 'mended in March', expires } } }
  writeFileSync(folder.path('known.json'), JSON.stringify(known))

  const update = ['--baseline', folder.path('known.json'), '--update-baseline', '--filter', RETRIEVE]
  const { code } = await aBrokenBackend().run(update)

  expect(code).toBe(0)
  expect(JSON.parse(folder.read('known.json')).known[RETRIEVE]).toEqual({
    title: expect.any(String),
    reason: 'mended in March',
    ...kept,
  })
})
