// The migration without a database: the library and the command are there, and the command says what it lacks.
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { STEP_NAMES } from '@ai-ticket-creator/migrate'

const require = createRequire(import.meta.url)
const manifest = require.resolve('@ai-ticket-creator/migrate/package.json')
const command = join(dirname(manifest), require(manifest).bin['ai-ticket-creator-migrate'])

const version = spawnSync(process.execPath, [command, '--version'])
const env = { ...process.env, DATABASE_URL: '' }
const plan = spawnSync(process.execPath, [command, 'plan'], { env, encoding: 'utf8' })
const codes = [version.status, plan.status].join()
if (codes !== '0,2' || !plan.stderr.includes('DATABASE_URL') || STEP_NAMES.at(-1) !== 'contract')
  throw new Error(`exit codes ${codes}: ${plan.stderr}`)
