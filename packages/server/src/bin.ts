#!/usr/bin/env node
// The command `ai-ticket-creator-server`.
import { main } from './cli/main.ts'
import { openDatabase } from './runtime/open-database.ts'

process.exitCode = await main(process.argv.slice(2), openDatabase, process)
