#!/usr/bin/env node
// The command `ai-ticket-creator-verify`. All but this file is loaded when the Node is known to be new enough.
import manifest from '../package.json' with { type: 'json' }
import { tooOld } from './cli/node-version.ts'

const COULD_NOT_VERIFY = 2

const refusal = tooOld(process.versions.node, manifest.engines.node)
if (refusal !== undefined) {
  console.error(refusal)
  process.exit(COULD_NOT_VERIFY)
}

const [{ main }, { hideIn }, { verifyContract }] = await Promise.all([
  import('./cli/main.ts'),
  import('./cli/tokens.ts'),
  import('./verify/engine/verify-contract.ts'),
])

// Node's own exit code for these is 1, which means that the contract failed.
process.on('uncaughtException', (error) => {
  console.error(hideIn(process.env, `could not verify: ${error.stack}`))
  process.exit(COULD_NOT_VERIFY)
})

// Not when nothing is left to do: a connection that is kept open would hold the pipeline.
process.exit(await main(process.argv.slice(2), verifyContract, process))
