#!/usr/bin/env node
// The command `ai-ticket-creator-migrate`.
import { main } from './cli/main.ts'
import { connect } from './connect.ts'

process.exitCode = await main(process.argv.slice(2), connect, process)
