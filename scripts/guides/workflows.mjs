// A workflow beside a guide is not run as a whole, but whatever it asks of the verification is asked, as a runner would, of the
// backend that the guide has started first and that keeps the contract.
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'

const summary = 'summary.md'
const around = { BASE_URL: 'http://127.0.0.1:4010', GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary }

export async function wrongWorkflows(folder, type) {
  const wrong = []
  for (const file of globSync('*.yml', { cwd: folder }))
    for (const command of commandsOf(readFileSync(join(folder, file), 'utf8'))) {
      const output = await type(`${command}; echo "exit $?"`, around)
      const lost = reportsOf(command).filter((report) => !existsSync(join(folder, report)))
      if (!output.endsWith('exit 0\n')) wrong.push({ says: `${file}: ${command}\n${output}` })
      else if (lost.length > 0) wrong.push({ says: `${file}: ${command} does not write ${lost}` })
    }
  return wrong
}

const commandsOf = (workflow) =>
  Object.values(parse(workflow).jobs)
    .flatMap(({ steps }) => steps)
    .map(({ run = '' }) => run.trim())
    .filter((run) => run.includes('ai-ticket-creator-verify'))

const reportsOf = (command) => [
  ...[...command.matchAll(/--format \w+=(\S+)/g)].map(([, file]) => file),
  ...(command.includes('--step-summary') ? [summary] : []),
]
