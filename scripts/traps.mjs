// Three things look green and are not: a type test that no tsconfig includes, a build of code with type errors (tsup does
// not check types), a room whose tsconfig lets in what the room forbids. Each is planted in a copy of our own
// configuration, and the tool that should object must object.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

const tree = resolve('.tmp/traps')
rmSync(tree, { recursive: true, force: true })
for (const file of ['tsconfig.base.json', 'tsconfig.json', 'vitest.config.ts', 'package.json']) copy(file)
const rooms = readdirSync('packages')
for (const room of rooms) {
  copy(`packages/${room}/tsconfig.json`)
  plant(`packages/${room}/test/right.test-d.ts`, typeTest('number'))
  plant(`packages/${room}/test/wrong.test-d.ts`, typeTest('string'))
}
plant('packages/domain/src/bad.ts', `export const bad: number = 'x'\n`)
plant('packages/domain/src/impure.ts', `export const reply = fetch('https://api.example')\n`)
plant('packages/sdk/src/node-only.ts', `export const { pid } = process\n`)

const wrongTests = rooms.map((room) => `packages/${room}/test/wrong.test-d.ts`)
const failures = rooms.map((room) => `FAIL  |${room}| test/wrong.test-d.ts`)

const traps = [
  ['vitest reports a wrong type test in every package', ['vitest', 'run', '--root', tree], failures],
  ['tsc reports a wrong type test in every package', ['tsc', '-p', tree], wrongTests],
  ['tsc reports what tsup would build', ['tsc', '-p', tree], ['src/bad.ts']],
  ['domain has no fetch', ['tsc', '-p', join(tree, 'packages/domain')], ["Cannot find name 'fetch'"]],
  ['sdk has no process', ['tsc', '-p', join(tree, 'packages/sdk')], ["Cannot find name 'process'"]],
]

let failed = 0
for (const [name, [command, ...args], complaints] of traps) {
  const { status, stdout, stderr } = spawnSync(command, args, {
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  })
  const output = stdout + stderr
  const missing = complaints.filter((complaint) => !output.includes(complaint))

  const ok = status !== 0 && missing.length === 0 && !/FAIL.*right\.test-d|right\.test-d\.ts\(/.test(output)
  if (!ok) failed += 1
  console.log(ok ? `ok     ${name}` : `FAILED ${name}\nexit code ${status}, unreported: ${missing}\n${output}`)
}
process.exit(failed === 0 ? 0 : 1)

function typeTest(type) {
  return `import { expectTypeOf, test } from 'vitest'\n\ntest('one is a ${type}', () => expectTypeOf(1).toEqualTypeOf<${type}>())\n`
}

function plant(file, text) {
  mkdirSync(dirname(join(tree, file)), { recursive: true })
  writeFileSync(join(tree, file), text)
}

function copy(file) {
  mkdirSync(dirname(join(tree, file)), { recursive: true })
  cpSync(file, join(tree, file))
}
