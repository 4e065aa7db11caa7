import { checkUsage } from '../usage/check-usage.ts'
import { mergeUsage, type Usage } from '../usage/usage.ts'
import type { CheckUsageSettings } from './arguments.ts'
import { CliError } from './cli-error.ts'
import { readIfThere } from './files.ts'
import type { ProcessIo } from './process-io.ts'
import { createReportWriter } from './write-report.ts'

/** Says which uses survive a generation, in each format, and how the process is to end. */
export async function checkUsageCommand(settings: CheckUsageSettings, terminal: ProcessIo): Promise<number> {
  const { write: tell } = await createReportWriter(settings, terminal)
  const usages = await Promise.all(settings.files.map(readUsage))
  return await tell(checkUsage(mergeUsage(...usages), settings))
}

async function readUsage(file: string): Promise<Usage> {
  const text = await readIfThere(file)
  if (text === undefined) throw new CliError(`there is no ${file}; recordUsage writes it from your tests`)
  try {
    // `mergeUsage` looks whether it is one, and throws for what is none.
    return mergeUsage(JSON.parse(text) as Usage)
  } catch (cause) {
    throw new CliError(`${file} is no usage; write it with JSON.stringify(recordUsage(…))`, { cause })
  }
}
