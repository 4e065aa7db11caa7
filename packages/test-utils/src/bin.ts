#!/usr/bin/env node
// The command `ai-ticket-creator-verify`. Everything else is imported after the check of the Node version, because an
// unsupported version could fail on the imports themselves.
import manifest from '../package.json' with { type: 'json' }
import { unsupportedNode } from './cli/node-version.ts'

const INCONCLUSIVE = 2

const problem = unsupportedNode(process.versions.node, manifest.engines.node)
if (problem !== undefined) {
  console.error(problem)
  process.exit(INCONCLUSIVE)
}

const [{ main }, { hideTokensOf }, { verifyContract }] = await Promise.all([
  import('./cli/main.ts'),
  import('./cli/tokens.ts'),
  import('./verify/engine/verify-contract.ts'),
])

// Node would exit with 1, which means a failed contract.
process.on('uncaughtException', (error) => {
  console.error(hideTokensOf(process.env, `inconclusive: ${error.stack}`))
  process.exit(INCONCLUSIVE)
})

// Exits explicitly, because an open keep-alive connection would keep the process running.
process.exit(await main(process.argv.slice(2), verifyContract, process))
