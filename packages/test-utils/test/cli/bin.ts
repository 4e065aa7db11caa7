import { main } from '../../src/cli/main.ts'
import { engine } from './engine.ts'

process.exit(await main(process.argv.slice(2), engine, process))
