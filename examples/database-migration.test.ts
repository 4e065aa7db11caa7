import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const folder = join(import.meta.dirname, '11-database-migration')

test('the program moves the database and back, and prints what its README shows', async () => {
  const [, shown] = /```text\n(.*?)```/s.exec(readFileSync(join(folder, 'README.md'), 'utf8')) ?? []

  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--conditions=@ai-ticket-creator/source', join(folder, 'main.ts')],
    { env: {} },
  )

  expect(stdout).toBe(shown)
})
